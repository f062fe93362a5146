"""Entries put into a table: of texts that a person reviews, or of a program."""
