"""What every app needs and no domain is in."""
