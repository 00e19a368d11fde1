"""The one writer of .xlsx files.

:class:`Sheet` is an official list, :class:`BareSheet` a table to be uploaded again;
:func:`workbook_response` answers a request with them. What a cell may hold is decided in
:mod:`.cells` alone, how it looks in :mod:`.styles`.
"""

from assignments.spreadsheets.cells import Kind
from assignments.spreadsheets.formulas import Formula
from assignments.spreadsheets.response import workbook_response
from assignments.spreadsheets.sheets import BareSheet, Field, Footer, Heading, Sheet

__all__ = [
    "BareSheet",
    "Field",
    "Footer",
    "Formula",
    "Heading",
    "Kind",
    "Sheet",
    "workbook_response",
]
