"""Text and files become checked values: YAML with positions, the presence table, gazetteer, names, boundaries."""
