"""Menus in the same form as the entries before or behind which they stand, as in runs of bare ``<p><a>``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from feedmaker.extract.listing.links import Link

_FEWEST = 6  # links that can be a menu and a list
_WORDY = 3.5  # words that links have on the average where some are titles
_SHORT = 3  # words of the outermost link of a menu
_MENU = 2.5  # words of the links of a menu on the average
_HALF = 0.5
_MOSTLY = 0.8  # of the entries have addresses as entries have
_NAMED = re.compile(r"\d{3}|(?:[-_,+][^-_,+/]+){3}|%[0-9A-F]{2}.*%[0-9A-F]{2}|=\d", re.IGNORECASE)


def parted(links: Sequence[Link]) -> list[Sequence[Link]]:
    """Links that stand alike, in the page's order, as one run or as a menu, the entries, and another menu.

    Entries' addresses have a number or words in them, or lie in one folder; a menu leads elsewhere, in few words.
    """
    if len(links) < _FEWEST or min(links[0].words, links[-1].words) > _SHORT or _words(links) < _WORDY:
        return [links]
    folder, count = Counter(_folder(link) for link in links).most_common(1)[0]
    is_shared = count >= _HALF * len(links) and folder.count("/") > 3
    named = [(is_shared and _folder(link) == folder) or _is_named(link) for link in links]
    if not any(named):
        return [links]
    start, end = named.index(True), len(named) - named[::-1].index(True)
    entries = links[start:end]
    if sum(named) < _MOSTLY * len(entries) or len(entries) < _HALF * len(links):
        return [links]
    if not _is_menu(links[:start], entries):
        start = 0
    if not _is_menu(links[end:], entries):
        end = len(links)
    return [run for run in (links[:start], links[start:end], links[end:]) if run]


def _is_menu(run: Sequence[Link], entries: Sequence[Link]) -> bool:
    is_home = len(run) == 1 and run[0].url.count("/") == 3 and run[0].url[-1] == "/"
    return (len(run) > 1 or is_home) and _words(run) <= min(_MENU, _HALF * _words(entries))


def _words(links: Sequence[Link]) -> float:
    return sum([link.words for link in links]) / len(links)


def _folder(link: Link) -> str:
    return link.url.partition("?")[0].rstrip("/").rpartition("/")[0] + "/"


def _is_named(link: Link) -> bool:
    """Whether an address names one page by a number or by words."""
    return link.document != "" or _NAMED.search(link.url, link.url.find("/", 8)) is not None
