"""How a class looks: colours, textures, abbreviations, the rows of a legend, the static map."""
