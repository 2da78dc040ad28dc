"""What a plane of points is drawn with, and answers the mouse with."""
