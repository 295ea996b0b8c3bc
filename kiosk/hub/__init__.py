"""The hub: one PostgreSQL of the site where the desks exchange their books."""
