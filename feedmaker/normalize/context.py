"""What normalisers need to know besides the raw value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Context:
    """The clock and the source's own time zone, for dates that carry none.

    ``now`` is aware; dates that lie beyond it by more than a grace are not believed.
    """

    now: datetime
    timezone: tzinfo | None = None

    @classmethod
    def of(cls, now: datetime | None, timezone: tzinfo | None = None) -> Context:
        """A context for a caller that may leave the clock open; a naive ``now`` is taken as UTC."""
        now = now or datetime.now(UTC)
        return cls(now if now.tzinfo else now.replace(tzinfo=UTC), timezone)
