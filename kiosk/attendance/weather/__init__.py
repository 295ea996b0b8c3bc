"""Weather signals that change the rules of the day (clauses 95-96)."""
