"""The one HTML parse of a page."""

from __future__ import annotations

import lxml.etree
import lxml.html


def parse(content: bytes, encoding: str) -> lxml.html.HtmlElement:
    """Parse a page's bytes into a tree; bytes that hold no element give an empty ``<html>``."""
    parser = lxml.html.HTMLParser(encoding=encoding, remove_pis=True)
    try:
        return lxml.html.document_fromstring(content, parser=parser)
    except lxml.etree.ParserError:
        return lxml.html.Element("html")
