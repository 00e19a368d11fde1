"""Importing an office's own assignment list (DESIGN §5.4).

One way through, the same for the preview and for the real thing::

    bytes → container (is it safe?) → workbook (grids of cells) → sheet, table (which rows are rows)
          → Roster, plain texts kept as JSON
          → reading (what each row says) → planner (what would be done) → apply (do it)

Nothing before ``apply`` writes; the same file and the same data always give the same plan.
"""
