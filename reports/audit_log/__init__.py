"""The audit log as administrators read it: what they may ask of it, how rows are shown."""
