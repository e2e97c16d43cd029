"""Pages of award programmes."""
