"""A tiny stage to try the kernel with: folders, and slips that belong to them."""
