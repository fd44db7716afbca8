"""What booking can tell: orders, their prices, and the capacity that is free."""
