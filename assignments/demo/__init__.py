"""An invented province for showing the application: nobody in it exists.

Repeatable: the same seed and day give the same rows, to the byte.
"""
