"""Where a workbook of households, staff and firms is looked at, confirmed and taken back.

Who:        administrator, office manager, CSC supervisor.
Clauses:    4.2.4 (households), 3.4 (staff), 4.2.6 (firms).
"""
