"""Which axis of an array is what: by its shape, its first values, and what the user says."""
