"""YAML as a tree that keeps every line and column, and its text put in order without a loss."""
