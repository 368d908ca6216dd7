"""What refreshes have seen, what was wrong, and what has been told of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"

FIELDS = ("title", "summary", "published", "image", "authors", "tags")


def upgrade() -> None:
    """Create the tables. They fill by themselves, with the next refreshes."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "observations",
        _source(),
        sa.Column("at", moment, primary_key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("listed", "known", "renamed", "sampled")),
        *(sa.Column(f"with_{field}", sa.Integer, nullable=False) for field in FIELDS),
        sa.Column("unread_dates", sa.Integer, nullable=False),
        sa.Column("unread_date", sa.Text),
        sa.Column("newest", moment),
        sa.Column("place", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "problems",
        _source(),
        sa.Column("stage", sa.String, primary_key=True),
        sa.Column("subject", sa.String, primary_key=True),
        sa.Column("since", moment, primary_key=True),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("ended", moment),
    )
    op.create_table(
        "watches",
        _source(),
        sa.Column("newest", moment),
        sa.Column("quiet_after", moment),
        sa.Column("longest_pause", sa.Integer),
        sa.Column("is_told_broken", sa.Boolean, nullable=False),
        sa.Column("streak", sa.Integer, nullable=False),
    )


def _source() -> sa.Column[str]:
    return sa.Column("source", sa.String, sa.ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True)
