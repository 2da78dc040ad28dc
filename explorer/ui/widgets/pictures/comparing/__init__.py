"""Pictures beside one another, and their differences on one scale."""
