"""The parts of a data set by their names. Nothing is imported: help pages name them, too."""

SPLITS = ("test", "train", "all")
