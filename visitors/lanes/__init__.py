"""Kinds of visit (来访类别): what each asks, what is said, where it leads, and its own rules."""
