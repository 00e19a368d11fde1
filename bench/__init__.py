"""Measures of speed and size: ``make bench`` (docs/performance.md)."""
