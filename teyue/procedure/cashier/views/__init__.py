"""The pages of the till: its shifts, its receipts, money that is moved to the right order."""
