"""Whose word lets a visitor in: the host, who stands in for him, and how they are reached."""
