"""What we ask."""
