"""How well a model does: the evidence, and how it gives samples back."""
