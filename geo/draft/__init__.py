"""A text becomes proposals: who it says is where, each with its sentence. Pure, offline, the same for the same text."""
