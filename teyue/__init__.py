"""特约: optional household services of a property company, run clause by clause."""
