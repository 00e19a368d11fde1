"""Many writers at once, and servers killed in the middle of writes.

``python -m tests.races`` and ``python -m tests.races.kills`` run for minutes and print numbers
(docs/security.md); ``make test`` runs the short tests beside them.
"""
