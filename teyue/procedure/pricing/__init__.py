"""收费与服务标准 Pricing — clause 4.1.4.

Who:       the office manager with the CSC supervisor.
Document:  price list with service standards (form F-05).
Looks back on: planning (the item).
"""
