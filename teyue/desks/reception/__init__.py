"""接待 Reception: one box, the household's card, the price read aloud; residents do it alone."""
