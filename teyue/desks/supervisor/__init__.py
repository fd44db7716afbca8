"""The supervisor's and the manager's desk after the work: audits, disputes, late words (4.3.1)."""
