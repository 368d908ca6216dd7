"""Runs revisions on the connection, and in the transaction, that ``feedmaker.store.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from feedmaker.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    transactional_ddl=True,  # both databases can, though Alembic does not trust SQLite to
)
with context.begin_transaction():
    context.run_migrations()
