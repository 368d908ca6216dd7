"""Which addresses the W3C feed validator takes: as links, as enclosures, and as ids that readers can compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters, digits
from unicodedata import is_normalized
from urllib.parse import unquote, urlsplit

_URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+.-]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TAG = re.compile(
    r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*(#[0-9a-zA-Z%/?:@=.~-]*)?"
)
_MEDIA_TYPE = re.compile(r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+")
_HTTP = re.compile(r"https?://([a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*(:\d+)?(/.*)?", re.IGNORECASE)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(ascii_letters + digits + "-._~")


def uri_faults(value: str) -> list[str]:
    """What is wrong with an absolute address or another identifier."""
    if value.startswith("urn:uuid:"):
        return [] if _UUID.fullmatch(value) else [f"InvalidUUID: {value[:80]}"]
    if value.startswith("tag:"):
        return [] if _TAG.fullmatch(value) else [f"InvalidTAG: {value[:80]}"]
    return [] if _URI.fullmatch(value) else [f"InvalidFullLink: {value[:80]}"]


def id_faults(value: str) -> list[str]:
    """What is wrong with an Atom id: it must be in the one spelling that RFC 3986 (section 6.2) prefers."""
    parts = urlsplit(value)
    is_canonical = _is_in_normal_form(value)
    if parts.netloc:
        default = ":443" if parts.scheme == "https" else ":80"
        is_canonical &= parts.netloc == parts.netloc.lower().removesuffix(default)
        is_canonical &= parts.path.startswith("/") and not {".", ".."} & set(parts.path.split("/"))
    return uri_faults(value) + ([] if is_canonical else [f"NonCanonicalURI: {value}"])


def _is_in_normal_form(value: str) -> bool:
    """Whether only what must be is percent-encoded, in capitals, and as UTF-8 in NFC."""
    escaped = _ESCAPE.findall(value)
    if any(code != code.upper() or chr(int(code, 16)) in _UNRESERVED for code in escaped):
        return False
    try:
        return is_normalized("NFC", unquote(value, errors="strict"))
    except UnicodeDecodeError:
        return False


def enclosure_faults(url: str | None, length: str | None, kind: str | None) -> Iterator[str]:
    """What is wrong with the attributes of an enclosure."""
    if not url or not _HTTP.fullmatch(url) or not _URI.fullmatch(url):
        yield f"InvalidURLAttribute: {url}"
    if length is None or not length.isdigit():
        yield f"InvalidIntegerAttribute: {length}"
    yield from media_type_faults(kind)


def media_type_faults(kind: str | None) -> list[str]:
    """What is wrong with a media type."""
    return [] if kind and _MEDIA_TYPE.fullmatch(kind) else [f"InvalidMIMEAttribute: {kind}"]
