"""What the physician says: the case, its tumour profile, and the frozen revisions of it."""
