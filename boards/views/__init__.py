"""Pages of the board: read the request, ask a query or call a service, show the result."""
