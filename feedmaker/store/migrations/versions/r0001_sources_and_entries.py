"""Sources with the state of their fetches, and their entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Create both tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "sources",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("etag", sa.String),
        sa.Column("last_modified", sa.String),
        sa.Column("body_hash", sa.String),
        sa.Column("fingerprint", sa.String),
        sa.Column("title", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("language", sa.String),
        sa.Column("last_attempt", moment),
        sa.Column("last_success", moment),
        sa.Column("changed_at", moment),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.Column("asked_url", sa.Text),
        sa.Column("moved_to", sa.Text),
        sa.Column("is_gone", sa.Boolean, nullable=False),
        sa.Column("not_before", moment),
        sa.Column("archives", sa.Integer, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("source", sa.String, sa.ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("first_seen", moment, nullable=False),
        sa.Column("last_seen", moment, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("failed_reads", sa.Integer, nullable=False),
        sa.Column("read_at", moment),
        sa.Column("listed_hash", sa.String),
        sa.Column("listed_date", moment),
        sa.Column("edits", sa.Integer, nullable=False),
        sa.Column("archive", sa.Integer),
        sa.Column("published", moment),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
    )
