"""What a sentence says besides who is where: how surely, when, at which level, how many, and which ties."""
