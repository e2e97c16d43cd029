"""Award programmes: who holds them, their cohorts and sessions, who has a place, and what is owed."""
