"""Pictures: one, a row, a grid, a strip, a gallery."""
