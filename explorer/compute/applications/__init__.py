"""What a model is good for: odd samples found, damage repaired, a few labels spread."""
