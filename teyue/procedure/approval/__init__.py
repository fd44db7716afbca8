"""审批 Approval — clauses 3.1, 4.1.5, 4.1.6.

Who:       the office manager proposes, the general manager decides.
Document:  approval form (F-04).
Looks back on: planning, pricing, subcontracting.
"""
