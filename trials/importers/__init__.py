"""Readers of trial descriptions; each turns one file into a record or says what is wrong with it and where."""
