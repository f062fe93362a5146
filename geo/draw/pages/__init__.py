"""A file for each kind of page, and what composes them."""
