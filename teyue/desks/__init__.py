"""Where people sit: pages over several stages, one package a desk."""
