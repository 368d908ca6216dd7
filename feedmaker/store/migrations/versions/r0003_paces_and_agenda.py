"""When each source's entries come, and when it is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"


def upgrade() -> None:
    """Create both tables. They fill by themselves: paces from stored entries, the agenda from settings."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "paces",
        sa.Column("source", sa.String, sa.ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True),
        sa.Column("since", moment, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
    )
    op.create_table(
        "agenda",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("due", moment, nullable=False),
        sa.Column("plan", sa.String, nullable=False),
        sa.Column("attempt", moment),
    )
    op.create_index("agenda_by_due", "agenda", ["due"])
