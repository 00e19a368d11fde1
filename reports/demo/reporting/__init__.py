"""Two years of invented reports: who handed in when, what was sent back, what they say."""
