"""The house journal: who took which step, when, under which clause; sealed into a chain."""
