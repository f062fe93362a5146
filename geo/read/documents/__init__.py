"""A text that people wrote becomes blocks: paragraphs, headings, items and rows, each with its lines and its page."""
