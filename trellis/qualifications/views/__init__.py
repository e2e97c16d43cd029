"""Which page comes back."""
