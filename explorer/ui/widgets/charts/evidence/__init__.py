"""Charts of what is known of log p(x), and of all codes together."""
