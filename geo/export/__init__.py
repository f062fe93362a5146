"""Joined data, and sheets of a table, become other tools' formats, as bytes."""
