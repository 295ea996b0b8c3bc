"""What the papers of counters are called in the printer's queue."""

KIND = "case"
"""A case card."""
PRIVATE = frozenset({KIND, "report.cases", "report.case-sheet"})
"""The papers that name whom a card is about."""
