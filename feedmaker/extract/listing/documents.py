"""What a document is that is not an HTML page, by its bytes rather than by what its server says of it."""

from __future__ import annotations

import json
import re
import sys

import lxml.etree
from lxml.etree import _Element

from feedmaker.model import Page

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

Element = _Element

WHITE = "\ufeff\x00 \t\r\n"
# What may stand before the root of an XML document (XML 1.0, section 2.8), the document type with its entities too.
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_LONGEST_PROLOG = 100_000  # characters; a list of entities may be long
_REFERENCES = re.compile(r"(?:&#(?:[xX][0-9a-fA-F]+|[0-9]+);?)+")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?")
_MOST_DIGITS = 7  # of a reference to any character, in hexadecimal or not


def json_of(page: Page) -> Json:
    """The page's JSON; None for a page that holds none, or none that can be read to its end."""
    text = page.text.strip(WHITE)
    return parse_json(text) if text[:1] in ("{", "[") else None


def parse_json(text: str) -> Json:
    """What a text of JSON holds; None for a text that is none, nested too deeply or with endless numbers."""
    try:
        document: Json = json.loads(text, parse_constant=_no_number)
        if "\\ud" in text.lower():  # halves of a pair that stand alone cannot be written by anyone
            document = json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):  # ValueError also for a number of thousands of digits
        return None
    return document


def _no_number(_name: str) -> None:
    """NaN and Infinity, which are no JSON."""


def xml_of(page: Page, names: frozenset[str]) -> Element | None:
    """The root of the page's XML if it has one of the names (in lower case, without a prefix); None otherwise.

    The document type goes before parsing and its entities with it: none is expanded, nothing is fetched. A broken end
    costs only what stands behind it.
    """
    content = root_text(page.text, names)
    if not content:
        return None
    parser = lxml.etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8"
    )
    root: Element | None = lxml.etree.fromstring(content, parser)  # None for hopeless bytes
    return root


def root_text(text: str, names: frozenset[str]) -> bytes:
    """The document from its root on in UTF-8; empty if the root has none of the names."""
    start = len(text) - len(text.lstrip(WHITE))
    while (skipped := _PROLOG.match(text, start, start + _LONGEST_PROLOG)) and skipped.end() > start:
        start = skipped.end()
    root = _ROOT.match(text, start)
    if root is None or root[1].lower() not in names:
        return b""
    return _REFERENCES.sub(_referred, text[start:].rstrip(WHITE)).encode("utf-8", "replace")


def _referred(found: re.Match[str]) -> str:
    """References without those to no character, which parsers choke on; feeds have emoji as two halves of a pair."""
    parts = []
    for each in _REFERENCE.finditer(found[0]):
        digits, base = (each[1], 16) if each[1] else (each[2], 10)
        code = int(digits, base) if len(digits) <= _MOST_DIGITS else sys.maxsize
        parts.append("\ufffd" if code > sys.maxunicode else chr(code) if 0xD800 <= code <= 0xDFFF else each[0])
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def local_name(element: Element) -> str:
    """An element's name in lower case, without its namespace."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()
