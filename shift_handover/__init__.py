"""Safety checks, entrusted matters and the shift handover."""
