"""Rearranging communes: the mapping workbook, its checks, the units and their outlines."""
