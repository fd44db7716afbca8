"""策划 Planning — clauses 4.1.1–4.1.2.

Who:       the office manager, with supervisors and the customer service center.
Document:  service item; meeting minutes (form F-02).
"""
