"""The border between values and files: text that XML and HTML can carry, addresses that are URIs, dates with a zone.

One character that XML forbids costs a whole feed: lxml refuses it, and so does every reader. Whatever comes in, the
feed that leaves here can be written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from feedmaker.model import Entry, Feed, FeedEntry, Image, Person
from feedmaker.normalize.urls import absolute

# Forbidden in XML 1.0 (section 2.2): C0 controls, surrogates, U+FFFE, U+FFFF. Legal there, but an error to HTML parsers
# and validators: C1 controls and the other noncharacters. U+FFFD says that a character was lost before; it tells a
# reader nothing. Bidirectional controls (U+200E, U+2066 and so on) carry meaning and stay.
_PLANES = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
_FORBIDDEN = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff{_PLANES}]"
)
_LINE_ENDS = re.compile("\r\n?|\x85")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_HOST_ALONE = re.compile(r"(https?://[^/?#]+)(?=[?#]|$)")
_AFTER_HOST = re.compile(r"(?<=[^:/])[/?#].*")
_ENCODED = str.maketrans({"[": "%5B", "]": "%5D", "|": "%7C"})  # browsers leave these; RFC 3986 does not allow them
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


def text(value: str) -> str:
    """The value without characters that XML or HTML forbid, with line feeds as its only line ends."""
    if value.isprintable() and "\ufffd" not in value:  # most texts, at a tenth of the cost
        return value
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", value))


def line(value: str | None) -> str | None:
    """Plain text on one line; None when nothing readable is left."""
    return " ".join(text(value).split()) or None if value else None


def uri(iri: str) -> str:
    """An address or another identifier as a URI (RFC 3986): in ASCII, whatever is not allowed percent-encoded."""
    iri = text(iri).strip()
    found = absolute(iri, "")
    if found is None:  # a tag: or urn: identifier, or nothing that a browser would open
        return _STRAY_PERCENT.sub("%25", quote(iri, safe="!#$&'()*+,;=:@~/?%-._"))
    return _AFTER_HOST.sub(lambda rest: rest[0].translate(_ENCODED), _HOST_ALONE.sub(r"\1/", found), count=1)


def moment(value: datetime) -> datetime:
    """The moment with a zone; one without is taken as UTC and not as that of the machine."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def language(tag: str | None) -> str | None:
    """A tag that has the form of BCP 47; None for anything else, which readers and validators would trip over."""
    return tag if tag and _LANGUAGE.fullmatch(tag) else None


def printable(feed: Feed) -> Feed:
    """The same feed, with every text and address in a form that all formats can carry, and each id once."""
    entries = {shown.entry.id: shown for shown in reversed([_feed_entry(shown) for shown in feed.entries])}
    return replace(
        feed,
        title=line(feed.title) or feed.name,
        home_url=uri(feed.home_url),
        source_url=uri(feed.source_url) if feed.source_url else None,
        entries=tuple(reversed(entries.values())),
        description=line(feed.description),
        language=language(feed.language),
        base_url=uri(feed.base_url).rstrip("/") + "/" if feed.base_url else None,
        hub=uri(feed.hub) if feed.hub else None,
        category=line(feed.category),
        icon=_image(feed.icon) if feed.icon else None,
    )


def _feed_entry(shown: FeedEntry) -> FeedEntry:
    return replace(shown, entry=_entry(shown.entry), published=moment(shown.published), updated=moment(shown.updated))


def _entry(entry: Entry) -> Entry:
    return replace(
        entry,
        id=uri(entry.id),
        url=uri(entry.url),
        title=line(entry.title),
        summary=text(entry.summary).strip() or None if entry.summary else None,
        content_html=text(entry.content_html).strip() or None if entry.content_html else None,
        authors=tuple(
            Person(name, person.url and uri(person.url)) for person in entry.authors if (name := line(person.name))
        ),
        tags=tuple(dict.fromkeys(tag for raw in entry.tags if (tag := line(raw)))),
        section=line(entry.section),
        language=language(entry.language),
        publisher=line(entry.publisher),
        images=tuple(_image(image) for image in entry.images),
    )


def _image(image: Image) -> Image:
    return replace(
        image,
        url=uri(image.url),
        alt=line(image.alt),
        caption=line(image.caption),
        credit=line(image.credit),
        type=image.type if image.type and _MEDIA_TYPE.fullmatch(image.type) else None,
    )
