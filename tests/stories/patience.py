"""How long a test waits for what must come."""

PATIENCE_S = 30.0
"""Longer than the slowest machine takes: nothing waits it out but a test that fails."""
