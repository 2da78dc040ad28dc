"""What explains points: classes, layers, and the card of one."""
