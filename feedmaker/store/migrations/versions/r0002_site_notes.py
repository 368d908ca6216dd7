"""What is remembered of sites for a while: their robots.txt, and until when they want to be left alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "site_notes",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
