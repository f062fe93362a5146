"""Boundaries as shared arcs: simplified for display, written as TopoJSON and as SVG paths."""
