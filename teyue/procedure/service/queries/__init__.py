"""What service can tell: records and words, and what the work comes to."""
