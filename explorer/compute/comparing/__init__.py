"""What is given back: samples, or pictures of the user's own, beside their reconstructions."""
