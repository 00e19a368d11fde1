"""Pages of plans of reassignment: /phuong-an/."""
