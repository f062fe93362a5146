"""A file for each kind of page: all that it says."""
