"""What a page says, as a value, becomes a page: its content, its data block, its description for search engines."""
