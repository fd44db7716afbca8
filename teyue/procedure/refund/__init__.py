"""退款 Refund — clause 4.3.1.

Who:       requested by the desk or the system, reviewed by CS, approved by limit, paid by CA.
Document:  refund application (form F-14).
Looks back on: cashier (what was received), booking (for which order).
"""
