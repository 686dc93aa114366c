"""What was done, by whom: append-only, sealed into a hash chain at commit."""
