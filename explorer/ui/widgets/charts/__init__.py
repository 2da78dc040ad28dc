"""Charts: curves, bars, histograms, the values of one sample."""
