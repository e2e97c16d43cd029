"""For programs: the same records, rules and permissions, as JSON."""
