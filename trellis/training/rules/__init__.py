"""What is allowed and what is counted: plain functions over plain values."""
