"""Where data lies: the codes that a model gives it, and its scores on principal components."""
