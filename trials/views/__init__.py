"""Pages about trials."""
