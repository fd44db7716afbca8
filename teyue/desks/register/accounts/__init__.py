"""How people get in: accounts, printed codes, lost second factors."""
