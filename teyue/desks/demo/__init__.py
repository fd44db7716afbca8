"""演示 Demo — an invented company to look around in.

Who:       the system, on the first start of an installation that nobody has set up.
Document:  none of its own; what comes before an order is written as a small approved set.
"""
