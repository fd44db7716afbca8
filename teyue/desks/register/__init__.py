"""系统 The register's desk: people, posts, calendar, parameters, households, offices."""
