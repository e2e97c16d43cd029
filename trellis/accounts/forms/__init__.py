"""What we ask people about their account and when they sign in."""
