"""The same key with the same body gives the same answer; with another body it is refused."""
