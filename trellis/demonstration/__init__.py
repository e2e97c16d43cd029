"""Invented people and places that show everything. Never part of an installation with real people."""
