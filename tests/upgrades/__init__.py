"""Databases of released versions, brought to the present with every value kept."""
