"""Copies of sources beside a table, and what they say of its quotes."""
