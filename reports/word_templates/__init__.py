"""The office's own Word template of a report: what it may hold, how it is filled in.

:mod:`container` looks at the parts of the file, :mod:`language` at the fields written in it,
:mod:`offered` says which fields and lists there are, :mod:`rendering` fills them in.
"""
