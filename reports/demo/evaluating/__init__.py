"""Two cycles of evaluation: one concluded and released, one on its way through the steps."""

from reports.demo.evaluating.writing import write_evaluations

__all__ = ["write_evaluations"]
