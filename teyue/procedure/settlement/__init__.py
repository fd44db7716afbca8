"""结算 Settlement — clause 4.3.1.

Who:       the cashier, after the audit.
Document:  settlement statement (form F-13).
Looks back on: audit, service, refund, cashier, booking.
"""
