"""Latent Space Explorer. Importing this package costs nothing; the work is in its rooms."""

__version__ = "0.1.0"
