"""Temporary badges: a numbered pool, each lent for the day to one known person (clause 76)."""
