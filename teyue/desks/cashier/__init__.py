"""收银台: where money is received and paid back, order by order."""
