"""接待 Reception: one box, the household's card, register, read the price aloud; residents do it themselves."""
