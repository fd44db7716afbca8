"""Holds: what a later stage places on an older paper to prevent a step there."""
