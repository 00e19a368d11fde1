"""Pages of petitions: the list, one with its history, raising one, each act, the catalogue."""
