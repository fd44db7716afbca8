"""What each day is, own closures, and the quiet hours."""
