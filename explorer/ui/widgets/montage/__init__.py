"""What the network will see: pictures of each class, as large and as many as fit."""
