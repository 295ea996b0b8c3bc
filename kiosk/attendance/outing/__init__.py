"""Going out in working time (clause 26): asked for, approved, out, back."""
