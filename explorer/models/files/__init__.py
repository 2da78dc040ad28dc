"""What a checkpoint is made of on a disk: its folder, files put in place together, their checks."""
