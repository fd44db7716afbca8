"""PostgreSQL as Django knows it, except that a kept connection is not asked whether it lives."""
