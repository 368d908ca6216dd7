"""Imported before the processes that read pages are forked, and by nothing else: what they have in memory together."""

from __future__ import annotations

import gc

import feedmaker.reading.plugin  # noqa: F401 and so all that reads pages
from feedmaker.normalize.urls import registrable_domain

registrable_domain("feedmaker.example")  # loads the list of public suffixes
gc.freeze()  # a collection writes to every object that it looks at, and what is written to is shared no more
