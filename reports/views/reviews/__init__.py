"""Pages of review conferences: planned, frozen, compared with what is so now."""
