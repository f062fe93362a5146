"""A table edited by a person: its text, what a form changes in it, and its file."""
