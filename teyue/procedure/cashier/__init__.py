"""收银 Cashier — clauses 3.5, 4.3.1.

Who:       the cashier of the finance department at the office; finance verifies.
Document:  receipt (form F-11), day close (form F-25).
Looks back on: booking (what must be prepaid).
"""
