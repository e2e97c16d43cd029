"""What we ask about organisations."""
