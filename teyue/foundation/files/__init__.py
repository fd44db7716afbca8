"""Files that people hand in: checked by what they contain, kept by digest, shown to few."""
