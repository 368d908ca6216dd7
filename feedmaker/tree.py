"""The one HTML parse of a page."""

from __future__ import annotations

import lxml.etree
import lxml.html


def parse(content: bytes, encoding: str) -> lxml.html.HtmlElement:
    """Parse a page's bytes into a tree whose root is always ``<html>``; bytes without an element give an empty one.

    libxml2 knows fewer encodings than Python and stops at NULs, so it is only ever given clean UTF-8.
    """
    text = content.decode(encoding, "replace").replace("\0", "")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:
        return lxml.html.Element("html")
    return root if root.tag == "html" else lxml.html.Element("html")
