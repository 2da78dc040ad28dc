"""The steps of preparing, one idea a file: layout, scale, size, labels, split."""
