"""Pictures of every page of every role, and what is wrong with them."""
