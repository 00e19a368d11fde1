"""Charts as inline SVG, drawn on the server: they print, and need neither script nor colour.

A :class:`~reports.charts.data.Dataset` holds the numbers with their lists; the chart is drawn of
it and the table beside the chart shows it, so that they cannot disagree. Templates
``components/chart*.html`` turn both into HTML; nothing here does.
"""
