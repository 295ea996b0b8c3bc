"""What the papers of leave are called in the printer's queue."""

KIND = "leave"
"""The slip with the reason on it."""
