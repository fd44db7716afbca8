"""The company and its offices."""
