"""Officers' reports: begun from what is known, handed in, received."""
