"""The words by which a draft reads a report, as data."""
