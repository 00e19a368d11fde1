"""The report of a review: fields filled from frozen figures, drafts, the Word file, its annexes."""

from reports.reviews.fields import field_values, fill, missing_mark, whole_number

__all__ = ["field_values", "fill", "missing_mark", "whole_number"]
