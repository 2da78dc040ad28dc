"""What lies in latent space besides codes: the prior, and a codebook."""
