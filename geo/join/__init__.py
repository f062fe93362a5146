"""Table x boundaries: matching, footprints and counts, on full geometry."""
