"""Files of events: their kinds and formats, which column holds what, and their rows in chunks."""
