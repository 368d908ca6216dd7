"""How the bytes of a page are encoded: what the page says of itself, checked against the bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

import webencodings

from feedmaker.model import Page

HEAD_BYTES = 4096  # the HTML standard looks for a declaration in the first 1024 bytes; real pages have it later
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE | re.ASCII)
_META_CHARSET = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']\s*([\w.:+-]+)", re.IGNORECASE)


def page_of(html: bytes | str, url: str, headers: Mapping[str, str] | None = None) -> Page:
    """A page with the encoding its bytes are really in; text is a page in UTF-8.

    ``headers`` may have names in any case. Never raises: bytes that fit no encoding are replaced when they are read.
    """
    lowered = {name.lower(): value for name, value in (headers or {}).items()}
    content = _encoded(html) if isinstance(html, str) else html
    encoding = "utf-8" if isinstance(html, str) else encoding_of(content, lowered.get("content-type", ""))
    return Page(url, content, encoding, lowered)


def encoding_of(content: bytes, content_type: str = "") -> str:
    """The Python codec name of a page's bytes (WHATWG Encoding Standard for labels, HTML 13.2.3.2 for the order)."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding
    for declared in _declared(content, content_type):
        if _fits(content, declared):
            return declared
    return "utf-8" if _fits(content, "utf-8") else _detected(content)


def _encoded(text: str) -> bytes:
    """Text as UTF-8; halves of a surrogate pair are joined, a lone one is replaced."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def _declared(content: bytes, content_type: str) -> Iterator[str]:
    head = content[:HEAD_BYTES]
    labels = [match[1] for match in [_HEADER_CHARSET.search(content_type)] if match]
    labels += [m[1].decode("ascii", "replace") for m in (_META_CHARSET.search(head), _XML_ENCODING.search(head)) if m]
    for label in labels:
        if found := webencodings.lookup(label):
            yield found.codec_info.name


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _detected(content: bytes) -> str:
    from bs4.dammit import UnicodeDammit

    return UnicodeDammit(content[:20_000], is_html=True).original_encoding or "cp1252"
