"""Where files of events come from: folders, patterns, standard input, stores that are asked by a network."""
