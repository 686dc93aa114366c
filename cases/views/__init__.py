"""Pages for filling in, sending and screening a case."""
