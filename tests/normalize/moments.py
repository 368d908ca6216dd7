"""The moment that most texts of dates in these tests mean, and the place and time they are read at."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from feedmaker.normalize.context import Context

BERLIN = ZoneInfo("Europe/Berlin")
NOW = Context(datetime(2025, 2, 7, 12, 0, tzinfo=UTC), BERLIN)
MOMENT = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
LOCAL = datetime(2025, 2, 6, 18, 52, tzinfo=BERLIN)
DAY = datetime(2025, 2, 6, tzinfo=BERLIN)
