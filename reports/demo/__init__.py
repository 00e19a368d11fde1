"""The demonstration's two years of going to the base, invented against the real duty list.

:mod:`assignments.demo` has the people, the places, the words; here is what became of each duty,
and the one transaction that writes everything.
"""
