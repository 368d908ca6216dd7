"""Links that stand alike but are not alike: a menu before or behind the entries, "PDF" and "HTML" of each document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from feedmaker.extract.listing.links import Link

_FEWEST = 6  # links that can be a menu and a list
_FUNCTIONS = 4  # things that the links of one document say
_AS_MANY = 0.6  # of the documents have each of the things
_WORDY = 3.5  # words that links have on the average where some are titles
_SHORT = 3  # words of the outermost link of a menu
_MENU = 2.5  # words of the links of a menu on the average
_HALF = 0.5
_MOSTLY = 0.8  # of the entries have addresses as entries have
_NAMED = re.compile(r"\d{3}|(?:[-_,+][^-_,+/]+){3}|%[0-9A-F]{2}.*%[0-9A-F]{2}|=\d", re.IGNORECASE)


def parted(links: Sequence[Link], repeated: Collection[str]) -> list[Sequence[Link]]:
    """Links that stand alike, in the page's order, as one run or as several.

    Where all of them say one of a few things, each about as often (texts in ``repeated`` lead to several pages), each
    thing is a run.
    """
    if len(links) >= _FEWEST and links[0].text in repeated and links[-1].text in repeated:
        by_text: dict[str, list[Link]] = {}
        for link in links:
            by_text.setdefault(link.text, []).append(link)
        counts = [len(run) for run in by_text.values()]
        is_few = 1 < len(counts) <= _FUNCTIONS and min(counts) >= _AS_MANY * max(counts)
        if is_few and all(text and text in repeated for text in by_text):
            return list(by_text.values())
    return _without_menus(links)


def _without_menus(links: Sequence[Link]) -> list[Sequence[Link]]:
    """The entries, and a menu before or behind them.

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
