"""The schema's history as Alembic revisions; see ``feedmaker.store.migrate``."""
