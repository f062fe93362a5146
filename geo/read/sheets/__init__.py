"""Spreadsheets become tables and tables become spreadsheets, along the definitions of the format."""
