"""Officers who leave, temporary cover and hand-overs: /ban-giao/."""
