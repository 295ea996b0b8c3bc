"""The safety check: its places and items, the rounds, what became of faults and reports."""
