"""What values are set with."""
