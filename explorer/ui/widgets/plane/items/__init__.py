"""What is drawn on a plane: points, outlines, marks, the cursor."""
