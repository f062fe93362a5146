"""Workbooks that are filled in, and tables that are brought up to date by them."""
