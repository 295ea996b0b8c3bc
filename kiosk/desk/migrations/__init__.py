"""Schema changes, oldest first; run by Alembic when the desk opens an older file."""
