"""What a plane of points is drawn with, and answers the hand with."""
