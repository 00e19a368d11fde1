"""What is already known of the coming days: gaps, too many communes, duties out of reach, events.

Everything is read of the assignments, units and periods as they are entered; nothing is guessed.
"""
