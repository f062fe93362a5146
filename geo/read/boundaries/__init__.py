"""The gazetteer, the bundled boundaries, and boundary files that a user brings."""
