"""The presence table: its keys, its records, and the checks of the whole."""
