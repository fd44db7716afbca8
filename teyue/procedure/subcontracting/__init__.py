"""服务分包方 Subcontracting — clause 4.2.6.

Who:       CSC supervisor, office manager, general manager.
Document:  evaluation and approved list (forms F-15, F-16).
Looks back on: planning (the item).
"""
