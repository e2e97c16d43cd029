"""What is done to accounts from the command line."""
