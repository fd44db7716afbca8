"""争议 Dispute — clause 4.3.1.

Who:       the owner refuses to confirm; the office manager decides.
Document:  dispute, with the owner's words and the decision.
Looks back on: settlement, refund, service, booking.
"""
