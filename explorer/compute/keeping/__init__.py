"""Training, saving what came of it, and the folder of runs: what writes to the disk."""
