"""The film of a path below the plane."""
