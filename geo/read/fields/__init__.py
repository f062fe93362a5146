"""What one value may be, as data: each field reads a node, and says what is wrong there."""
