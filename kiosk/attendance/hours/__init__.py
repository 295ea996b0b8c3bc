"""Which hours count for whom on which day: profiles, halves, shifts over midnight (clause 14)."""
