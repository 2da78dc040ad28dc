"""What is written down while a training runs: its curve, and moments to go back to."""
