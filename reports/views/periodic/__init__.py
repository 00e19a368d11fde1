"""Pages of officers' reports: writing one, handing it in, receiving it."""
