"""Backups: database and attachments in one checked file, and the way back.

Knows tables and files, nothing of what they are about.
"""
