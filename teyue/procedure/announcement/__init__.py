"""公告 Announcement — clauses 4.2.1–4.2.2.

Who:       the office manager with the customer service center.
Document:  announcement and posting log (form F-06).
Looks back on: approval (what was approved), pricing (the text).
"""
