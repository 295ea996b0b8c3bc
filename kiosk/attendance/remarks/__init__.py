"""Remarks (备注): a cause beside a tap or a missing one, and who signs it (clauses 24-25)."""
