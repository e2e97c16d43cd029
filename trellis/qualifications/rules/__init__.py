"""What is allowed, and what is counted."""
