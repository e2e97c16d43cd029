"""What a review allows and what it counts: pure functions over plain values."""
