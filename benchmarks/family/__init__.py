"""Every model of the family on the same data: what `benchmarks.results` trains and measures."""
