"""Qualifications and courses: the catalogue, criteria as data, who holds what, and what could come next."""
