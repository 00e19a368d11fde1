"""One's own account: who one is, where one is logged in."""
