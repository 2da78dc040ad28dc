"""What the panel Evidence is made of: its numbers, its pictures, what is said of them."""
