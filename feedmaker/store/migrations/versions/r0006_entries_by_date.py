"""An index of the dates of entries, so that those of all sources are told without reading any entry."""

from __future__ import annotations

from alembic import op

revision = "r0006"
down_revision = "r0005"


def upgrade() -> None:
    """Create the index."""
    op.create_index("entries_by_date", "entries", ["source", "published", "first_seen"])
