"""Who takes over visitors, calls and parcels of who is away (clause 7)."""
