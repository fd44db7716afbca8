"""主管审核 Audit — clause 4.3.1.

Who:       the CSC supervisor, who had no other part in the order.
Document:  audit mark on form F-12.
Looks back on: service (record and confirmation), booking (price and quote).
"""
