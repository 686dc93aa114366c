"""Vocabularies: one table for all of them, loaded from curated files."""
