"""房屋与住户 Buildings, units, households and the people in them over time."""
