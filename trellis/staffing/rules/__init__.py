"""Who counts, how many are needed and what else holds: plain functions over plain values."""
