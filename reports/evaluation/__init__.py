"""Evaluation of officers in a cycle: what records say, what people say and decide of it.

The computer measures and never decides: levels are entered by people, with reasons. Pages read an
evaluation only through :mod:`reports.evaluation.shown`.
"""
