"""Small tools for building XML elements with lxml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element = _Element

ATOM_NS = "http://www.w3.org/2005/Atom"
CONTENT_NS = "http://purl.org/rss/1.0/modules/content/"
DC_NS = "http://purl.org/dc/elements/1.1/"
HISTORY_NS = "http://purl.org/syndication/history/1.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def add(parent: Element, tag: str, value: str | None = None, **attributes: str | int | None) -> Element:
    """A new last child of ``parent``; attributes that are None are left out."""
    child = etree.SubElement(parent, tag, {name: str(item) for name, item in attributes.items() if item is not None})
    child.text = value
    return child


def add_html(parent: Element, tag: str, html: str) -> Element:
    """A new last child that holds HTML, readable in the file (CDATA)."""
    child = etree.SubElement(parent, tag)
    child.text = etree.CDATA(html.replace("]]>", "]]&gt;"))
    return child


def drop(parent: Element, tag: str) -> None:
    """Remove the first child of that name, if there is one."""
    child = parent.find(tag)
    if child is not None:
        parent.remove(child)
