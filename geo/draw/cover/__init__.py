"""What leads to the files of a publication: its cover, texts of its figures, snippets of its maps."""
