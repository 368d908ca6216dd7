"""Pages: what an address gave."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING

import lxml.html

from feedmaker import tree

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


MAX_VALIDATOR = 1024  # characters; servers refuse requests with headers of more than some thousands
_FIELD_VALUE = re.compile(r"[\x20-\x7e\x80-\xff]+")
_SOUGHT = ("a", "base", "h1", "link", "meta", "title")  # elements that readers look for on all of a page


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise an unchanged page by (RFC 9110, section 8.8), sent back as it came."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Page:
    """The bytes of a page, how they are encoded, and one parsed tree that every extractor reads.

    ``url`` is the final address after redirects; ``moved_to`` is that address again if every redirect said that it is
    permanent (301, 308). ``headers`` have lower-case names. ``encoding`` is a Python codec name that
    ``feedmaker.normalize.encoding`` chose; bytes that do not fit it are replaced.
    ``received`` is how many bytes of bodies came over the wire to get it, redirects and attempts that failed included.
    """

    url: str
    content: bytes
    encoding: str = "utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None
    received: int = field(default=0, compare=False)

    @cached_property
    def text(self) -> str:
        """The page as text."""
        return self.content.decode(self.encoding, "replace")

    @cached_property
    def tree(self) -> lxml.html.HtmlElement:
        """The root element; an empty ``<html>`` for a page that holds no element at all."""
        return tree.parse(self.content, self.encoding)

    def every(self, tag: str) -> Sequence[lxml.html.HtmlElement]:
        """All elements of one of the tags that readers look for, in the page's order, found in one walk."""
        return self._sought[tag]

    @cached_property
    def _sought(self) -> Mapping[str, list[lxml.html.HtmlElement]]:
        found: dict[str, list[lxml.html.HtmlElement]] = {tag: [] for tag in _SOUGHT}
        for element in self.tree.iter(*_SOUGHT):
            found[element.tag].append(element)
        return found

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page for a person's own extractor; slower than ``tree`` by far, so only made when asked for."""
        from bs4 import BeautifulSoup

        return BeautifulSoup(self.text, "lxml")

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: not the tree, which is cheaper to make there than to send."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def validators(self) -> Validators:
        """What to send with the next request for the same address."""
        return Validators(_sendable(self.headers.get("etag")), _sendable(self.headers.get("last-modified")))


def _sendable(value: str | None) -> str | None:
    """A header's value if it can be sent back as it came (RFC 9110, section 5.5); else its bytes tell a page."""
    value = (value or "").strip(" \t")
    return value if len(value) <= MAX_VALIDATOR and _FIELD_VALUE.fullmatch(value) else None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server's word (304) that a page is the one already known; ``headers`` have lower-case names."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None
    received: int = field(default=0, compare=False)
