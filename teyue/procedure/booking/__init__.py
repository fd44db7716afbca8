"""登记与报价 Booking — clauses 4.2.3–4.2.4.

Who:       the receptionist; the resident accepts.
Document:  service register (form F-07), quote.
Looks back on: planning (active item), pricing (list and standard in force), announcement.
"""
