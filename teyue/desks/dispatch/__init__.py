"""The board: who is sent where and when, and what still waits to be sent (派工, clause 4.2.5)."""
