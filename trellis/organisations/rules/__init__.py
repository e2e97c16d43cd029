"""What is allowed and what is counted about organisations. Pure functions."""
