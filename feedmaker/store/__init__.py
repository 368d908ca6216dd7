"""What is remembered between refreshes: the entries of each source and the state of its fetches.

from feedmaker.store import Store

with Store.open(path) as store:
    store.state("americas"), store.entries("americas")
"""

from __future__ import annotations

from feedmaker.store.sqlite import remove_state
from feedmaker.store.store import Store, has_state

__all__ = ["Store", "has_state", "remove_state"]
