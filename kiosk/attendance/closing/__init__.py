"""Closing the books of a day and of a month: a clerk's act, never the clock's (clause 130)."""
