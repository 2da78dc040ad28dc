"""Text tables: cells become columns of numbers, a label and the names of both."""
