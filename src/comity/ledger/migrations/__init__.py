"""The versions of the database's tables, each a step from the one before (Alembic)."""
