"""The demonstration's two years of going to the base, invented against the real duty list.

:mod:`assignments.demo` has the people, the places, the words; here is what became of each duty,
what was reported upward, what communes asked for and what came of it, and the one transaction that
writes everything.
"""
