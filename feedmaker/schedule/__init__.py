"""When sources are due (``due``, ``cron``, ``adaptive``: pure), and the loop that refreshes them then (``loop``)."""

from __future__ import annotations

from feedmaker.schedule.due import next_due
from feedmaker.schedule.loop import run

__all__ = ["next_due", "run"]
