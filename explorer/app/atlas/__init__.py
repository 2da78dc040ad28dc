"""The decoded plane: which tiles a view wants, who asks for them, and where they are kept."""
