"""The dated values of the procedure."""
