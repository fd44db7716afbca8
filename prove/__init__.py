"""Long seeded runs that try to break the house, and write what they saw to docs/reliability.md."""
