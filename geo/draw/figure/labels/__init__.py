"""Where the names of units stand in a figure."""
