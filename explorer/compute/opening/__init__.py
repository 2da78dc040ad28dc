"""What comes in: data and models opened, files sorted by what they are, pictures looked at."""
