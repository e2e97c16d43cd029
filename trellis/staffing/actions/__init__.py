"""What changes in a setting’s week. Each change is one transaction with its event; no event holds a name."""
