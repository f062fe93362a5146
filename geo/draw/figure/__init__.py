"""Figures for print and slides: SVG, PNG and PDF without a browser."""
