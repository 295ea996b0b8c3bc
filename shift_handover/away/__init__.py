"""Stepping away, resting, and private errands refused (clauses 98, 151-152, 155-156)."""
