"""Overtime asked for in advance, the list of the day, and who is on no list (clause 90)."""
