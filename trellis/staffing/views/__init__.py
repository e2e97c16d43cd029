"""Which page comes back: a setting’s rooms and people, its week, one day, and who can go."""
