"""The workbook of one day or one freeze, in the Party's layout (DESIGN §6)."""

from reports.workbooks.storing import restored, stored
from reports.workbooks.summary import review_sheets, summary_response, summary_workbook

__all__ = ["restored", "review_sheets", "stored", "summary_response", "summary_workbook"]
