"""Keys lent and returned."""
