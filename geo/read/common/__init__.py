"""What every reader needs: files as text, nodes with positions, names folded for matching."""
