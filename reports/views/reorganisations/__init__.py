"""Pages of rearranging communes: list, upload, preview and choices, application, story, undoing."""
