"""Visitors of a site with several gates: what one desk learns of another's work, and what then."""
