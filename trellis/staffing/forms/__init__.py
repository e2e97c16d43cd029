"""What we ask about a setting’s week. Forms check and never save."""
