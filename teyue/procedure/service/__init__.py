"""服务记录与业主确认 Service — clause 4.3.1.

Who:       the technician records, the owner confirms.
Document:  service record (form F-12).
Looks back on: dispatch (the visit), booking (what was agreed).
"""
