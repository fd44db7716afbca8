"""Facts that go forward: written with what they tell of, delivered at least once, seconds later."""
