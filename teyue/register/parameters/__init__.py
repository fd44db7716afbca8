"""参数 Parameters: dated business values, each with its clause and its basis."""
