"""What a document is that is not an HTML page, by its bytes rather than by what its server says of it."""

from __future__ import annotations

import json

import lxml.etree
from lxml.etree import _Element

from feedmaker.model import Page

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

Element = _Element

_WHITE = b" \t\r\n\xef\xbb\xbf"
_XML_STARTS = (b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex", b"<!--")


def json_of(page: Page) -> Json:
    """The page's JSON; None for a page that holds none."""
    if page.content.lstrip(_WHITE)[:1] not in (b"{", b"["):
        return None
    try:
        document: Json = json.loads(page.text.lstrip("\ufeff \t\r\n"))
    except (json.JSONDecodeError, RecursionError):
        return None
    return document


def xml_of(page: Page) -> Element | None:
    """The root of the page's XML; None for a page that holds none.

    Entities are not resolved, nothing is fetched, and a broken end costs only what stands behind it.
    """
    start = page.content.lstrip(_WHITE)[:200].lower()
    if not start.startswith(_XML_STARTS):
        return None
    parser = lxml.etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root: Element | None = lxml.etree.fromstring(page.content.lstrip(_WHITE), parser)  # None for hopeless bytes
    return root


def local_name(element: Element) -> str:
    """An element's name in lower case, without its namespace."""
    return element.tag.rpartition("}")[2].lower()
