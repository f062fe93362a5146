"""A quote is looked for in the text that it is of: folded, found, or told what stands there; pure functions."""
