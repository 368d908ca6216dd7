"""The identity of an entry: one id, however a link to it is spelled."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feedmaker.normalize.urls import absolute, clean, original_of_amp

_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LABELS = re.compile(r"(?:www\d?|amp)\.(?=[^.]+\.)")
_AMP_FOLDER = re.compile(r"/amp(?=/.)")


def entry_id(url: str) -> str:
    """The stable id of the entry at ``url``: its https address without what differs from link to link.

    http and https, ``www.``, the host's case and default port, tracking parameters, fragments, a slash at the end, AMP
    and the spelling of percent-encoding (RFC 3986, section 6.2.2) make no difference. The id of an id is itself.
    """
    address = absolute(url, url)
    if address is None:
        return url  # what is no address can only be itself
    parts = urlsplit(original_of_amp(clean(address)))
    host = _LABELS.sub("", parts.netloc.lower().removesuffix(":80").removesuffix(":443"), count=1)
    path = _AMP_FOLDER.sub("", parts.path, count=1).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return _ENCODED.sub(_respelled, f"https://{host}{path}{query}{fragment}")


def _respelled(encoded: re.Match[str]) -> str:
    character = chr(int(encoded[1], 16))
    return character if character in _UNRESERVED else encoded[0].upper()
