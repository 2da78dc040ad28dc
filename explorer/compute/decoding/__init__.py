"""Pictures at a point: of latent space by the decoder, of the PCA plane by its components."""
