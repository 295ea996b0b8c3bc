"""A person's day, derived from taps, leave, outings, remarks and signals, never typed."""
