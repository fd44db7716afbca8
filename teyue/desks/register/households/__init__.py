"""Flats and shops, and the households in them."""
