"""Entries put into the text of a table, in which no other letter moves."""
