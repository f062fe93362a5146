"""Joined data become pictures: palette, legend, maps and the page around them."""
