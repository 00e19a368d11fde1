"""Rearranging communes as the office lives it: preview, choices, application, undoing.

The mapping workbook, its checks and the units themselves are
:mod:`communes.reorganisation`; here is what hangs on units: officers, Party cells, petitions,
plans, records entered late.
"""
