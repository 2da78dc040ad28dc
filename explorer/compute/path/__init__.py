"""Questions about a path: its way through codes, its pictures, where it leaves the data."""
