"""The one HTML parse of a page, hardened against pages that would stall libxml2 or lose their rest in it."""

from __future__ import annotations

import codecs
import re
from itertools import islice

import lxml.etree
import lxml.html

MAX_DEPTH = 256  # libxml2's own limit; deeper trees would also overflow the stack of whoever walks them by recursion
MAX_ATTRIBUTES = 256
MAX_TAGS = 1_000_000  # forty times those of the largest of 337 real pages; 3,000,000 (10 MB) take 1 GB of memory
# Every element is an HtmlElement, looked up in C: lxml.html's own lookup, which tells forms apart, calls Python for
# each element each time it is come by, and makes a walk over a page twice as long.
_CLASSES = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement, comment=lxml.html.HtmlComment)
_STRIDE = 2000  # bytes; a tag shorter than two strides holds too few attributes to cost much
_CROWDED = re.compile(
    rb"(<[a-z][^\s<>/]*+(?:[\s/]++[^\s<>=/]++(?:=(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s<>\"']*+))?+){%d})[^<>]*+"
    % MAX_ATTRIBUTES,
    re.IGNORECASE,
)
_WHITE_SPACE = bytes.maketrans(b"\x0b\x0c", b"  ")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r")
_CONTROL_REFERENCE = re.compile(  # without re.IGNORECASE, which would try every byte
    rb"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])|[xX]0*(?:[1-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[efEF]))(?:;|(?![0-9a-fA-F]))"
)
# What old pages open and never close, so that each paragraph lies deeper than the one before.
_FORMATTING = re.compile(rb"</?(?:font|b|i|u|s|em|strong|big|small|span|center|strike|tt)(?:\s[^<>]*)?>", re.IGNORECASE)


def parse(content: bytes, encoding: str) -> lxml.html.HtmlElement:
    """Parse a page's bytes into a tree whose root is always ``<html>``; bytes without an element give an empty one.

    ``encoding`` is any Python codec name: libxml2 knows fewer, so other encodings reach it as UTF-8. Bytes that do not
    fit are replaced. No element lies deeper than MAX_DEPTH, and what stands behind MAX_TAGS tags is not read.
    """
    return _parsed_whole(_utf8(content, encoding).replace(b"\0", b""))


def parse_to_edit(content: bytes, encoding: str) -> lxml.html.HtmlElement:
    """The same for a tree whose text is to be moved about: without the characters that lxml gives out but never takes.

    Those are what XML forbids (XML 1.0, section 2.2); looking for them costs a fifth of the parse.
    """
    return _parsed_whole(_without_controls(_utf8(content, encoding)))


def _parsed_whole(content: bytes) -> lxml.html.HtmlElement:
    clean = _thinned(_shortened(content))
    root, is_whole = _parsed(clean, huge=False)
    if not is_whole:
        root, _ = _parsed(_FORMATTING.sub(b"", clean), huge=True)
        _flatten(root)
    return root


def _utf8(content: bytes, encoding: str) -> bytes:
    if codecs.lookup(encoding).name == "utf-8":
        return content
    return content.decode(encoding, "replace").encode("utf-8", "replace")


def _without_controls(content: bytes) -> bytes:
    content = content.translate(_WHITE_SPACE, _CONTROLS).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    return _CONTROL_REFERENCE.sub(b"", content)


def _parsed(content: bytes, *, huge: bool) -> tuple[lxml.html.HtmlElement, bool]:
    """The tree, and whether the parser got to the end of the page (libxml2 stops at the limits that ``huge`` lifts)."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=huge)
    parser.set_element_class_lookup(_CLASSES)
    try:
        root: lxml.html.HtmlElement | None = lxml.etree.fromstring(content, parser)
    except lxml.etree.XMLSyntaxError:
        root = None
    is_whole = not any(fault.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log[-1:])
    return (lxml.html.Element("html") if root is None else root), is_whole


def _flatten(root: lxml.html.HtmlElement) -> None:
    """Lift what lies deeper than MAX_DEPTH; its text stays, its tags do not."""
    level = [root]
    for _ in range(MAX_DEPTH - 1):
        level = [child for element in level for child in element]
    for element in level:
        lxml.etree.strip_tags(element, "*")


def _shortened(content: bytes) -> bytes:
    """The page up to the last tag that is read."""
    if len(content) <= MAX_TAGS or content.count(b"<") <= MAX_TAGS:
        return content
    beyond = next(islice(re.finditer(b"<", content), MAX_TAGS, None))
    return content[: beyond.start()]


def _thinned(content: bytes) -> bytes:
    """The page without the attributes of a tag beyond MAX_ATTRIBUTES, which cost libxml2 their number squared.

    Such a tag is a long run without ``>``: looking at one place in each stride finds it without reading every tag.
    """
    start = 0
    while start < len(content) - _STRIDE:
        end = content.find(b">", start)
        if end < 0 or end - start >= _STRIDE:
            before = content.rfind(b">", 0, start) + 1
            if _CROWDED.search(content, before, end if end > 0 else len(content)):
                return _CROWDED.sub(rb"\1", content)
        start = max(start, end if end > 0 else len(content)) // _STRIDE * _STRIDE + _STRIDE
    return content
