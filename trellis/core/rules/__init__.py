"""What is allowed and what is counted in the parts that know no domain: plain functions over plain values."""
