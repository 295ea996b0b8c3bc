"""The foundation: what lies on every guard's desk."""
