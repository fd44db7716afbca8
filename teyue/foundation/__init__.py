"""The ground floor: it knows nothing of property, only of papers, people, money and time."""
