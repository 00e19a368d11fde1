"""Four hundred invented petitions: what was asked, who had it, what came of it."""
