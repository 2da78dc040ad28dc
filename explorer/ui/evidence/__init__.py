"""Numbers of models as the window shows them: the panel Evidence, and two beside one another."""
