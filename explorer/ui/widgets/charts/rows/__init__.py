"""A sample that is no picture, as a chart: signals, and rows of tables."""
