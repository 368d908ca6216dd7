"""The border between values and files: text that XML and HTML can carry, and addresses that are URIs.

One character that XML forbids costs a whole feed: lxml refuses it, and so does every reader. Whatever comes in, the
feed that leaves here can be written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, urlsplit, urlunsplit

from feedmaker.model import Entry, Feed, FeedEntry, Image, Person

# Forbidden in XML 1.0 (section 2.2): C0 controls, surrogates, U+FFFE, U+FFFF. Legal there, but an error to HTML parsers
# and validators: C1 controls and the other noncharacters. U+FFFD says that a character was lost before; it tells a
# reader nothing. Bidirectional controls (U+200E, U+2066 and so on) carry meaning and stay.
_PLANES = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
_FORBIDDEN = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff{_PLANES}]"
)
_LINE_ENDS = re.compile("\r\n?|\x85")
_SPACES = re.compile(r"\s+")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def text(value: str) -> str:
    """The value without characters that XML or HTML forbid, with line feeds as its only line ends."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", value))


def line(value: str | None) -> str | None:
    """Plain text on one line; None when nothing readable is left."""
    return (value and _SPACES.sub(" ", text(value)).strip()) or None


def uri(iri: str) -> str:
    """An address as a URI (RFC 3986): host in its ASCII form, everything else that is not allowed percent-encoded."""
    parts = urlsplit(_FORBIDDEN.sub("", iri).strip())
    escaped = [_LONE_PERCENT.sub("%25", quote(part, safe="!$&'()*+,;:@/?=~%")) for part in parts[2:]]
    return urlunsplit((parts.scheme, _ascii_host(parts.netloc), *escaped))


def _ascii_host(netloc: str) -> str:
    if netloc.isascii():
        return quote(netloc, safe="!$&'()*+,;:@=~%[]")
    try:
        return netloc.encode("idna").decode("ascii")
    except UnicodeError:  # a label that is empty or too long; such a host cannot be reached in any spelling
        return quote(netloc, safe="!$&'()*+,;:@=~%[]")


def language(tag: str | None) -> str | None:
    """A tag that has the form of BCP 47; None for anything else, which readers and validators would trip over."""
    return tag if tag and _LANGUAGE.fullmatch(tag) else None


def printable(feed: Feed) -> Feed:
    """The same feed, with every text and address in a form that all formats can carry."""
    return replace(
        feed,
        title=line(feed.title) or feed.name,
        home_url=uri(feed.home_url),
        entries=tuple(_feed_entry(entry) for entry in feed.entries),
        description=line(feed.description),
        language=language(feed.language),
        base_url=uri(feed.base_url).rstrip("/") + "/" if feed.base_url else None,
    )


def _feed_entry(shown: FeedEntry) -> FeedEntry:
    return replace(shown, entry=_entry(shown.entry))


def _entry(entry: Entry) -> Entry:
    return replace(
        entry,
        id=uri(entry.id),
        url=uri(entry.url),
        title=line(entry.title),
        summary=text(entry.summary).strip() or None if entry.summary else None,
        content_html=text(entry.content_html).strip() or None if entry.content_html else None,
        authors=tuple(_person(person) for person in entry.authors if line(person.name)),
        tags=tuple(dict.fromkeys(tag for raw in entry.tags if (tag := line(raw)))),
        section=line(entry.section),
        language=language(entry.language),
        publisher=line(entry.publisher),
        images=tuple(_image(image) for image in entry.images),
    )


def _person(person: Person) -> Person:
    return Person(line(person.name) or "", uri(person.url) if person.url else None)


def _image(image: Image) -> Image:
    return replace(
        image,
        url=uri(image.url),
        alt=line(image.alt),
        caption=line(image.caption),
        credit=line(image.credit),
        type=line(image.type),
    )
