"""How widgets stand beside one another."""
