"""The pack of papers of one freeze: report, workbook, annexes, a list of them; one zip.

:mod:`inputs` keeps what the papers depend on beside the freeze, :mod:`parts` makes each file,
:mod:`making` begins a pack and makes one part at a time, :mod:`zipping` hands it out.
"""
