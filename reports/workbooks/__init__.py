"""The summary workbook: everything about one day, in the Party's layout (DESIGN §6)."""

from reports.workbooks.summary import summary_response, summary_workbook

__all__ = ["summary_response", "summary_workbook"]
