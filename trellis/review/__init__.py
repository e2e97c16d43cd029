"""The SEND review: frameworks as data, rounds, ratings, evidence, the plan and its papers."""
