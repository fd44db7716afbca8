"""派工 Dispatch — clause 4.2.5.

Who:       CSC or the department supervisor assigns; the technician accepts and travels.
Document:  dispatch order (form F-10), emergency override (form F-28).
Looks back on: cashier (prepaid), booking (reserved capacity), subcontracting (approved list).
"""
