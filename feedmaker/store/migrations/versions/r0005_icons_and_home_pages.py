"""The icon of each source's site, and the page for people that a document without one names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0005"
down_revision = "r0004"


def upgrade() -> None:
    """Add both columns; the next reading of an address fills them."""
    op.add_column("sources", sa.Column("home_url", sa.Text))
    op.add_column("sources", sa.Column("icon", sa.Text))
