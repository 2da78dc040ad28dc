"""A model beside something else on the same samples: PCA, or another model."""
