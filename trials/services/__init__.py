"""Deeds on the catalogue and on matches."""
