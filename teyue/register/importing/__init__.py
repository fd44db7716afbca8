"""Workbooks of households, staff and firms, as a tired clerk fills them in: read, not yet written.

Nothing here knows the database. ``reading.read`` turns the bytes of a workbook into rows, the
faults that stop a row, and the notices of what was understood and mended.
"""
