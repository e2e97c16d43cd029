"""Pages of organisations: imported by module, one for each noun."""
