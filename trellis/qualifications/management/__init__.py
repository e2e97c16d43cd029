"""Commands for whoever operates the computer."""
