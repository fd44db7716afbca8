"""The owner's word without signing in: a link, the code of the receipt or a signature (4.3.1)."""
