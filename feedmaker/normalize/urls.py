"""Addresses: absolute, encoded once, without what only tracks, and whether two belong to one site."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|dclid|msclkid|igshid|yclid)$", re.IGNORECASE)
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_DATE_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_suffixes = PublicSuffixList()


def absolute(url: str, base: str) -> str | None:
    """The absolute http or https address that ``url`` means on the page ``base``; None for anything else."""
    url = re.sub(r"[\x00-\x1f\x7f]", "", url).strip()
    if not url or url.startswith("#"):
        return None
    try:
        joined = urljoin(base, url)
        parts = urlsplit(joined)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", joined), safe=_SAFE)


def clean(url: str) -> str:
    """The address without parameters that only track a visitor, and without a fragment unless that is a route."""
    parts = urlsplit(url)
    query = "&".join(p for p in parts.query.split("&") if not _TRACKING.match(p.partition("=")[0]))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))


@lru_cache(4096)
def registrable_domain(host: str) -> str:
    """The part of a host name that its owner registered (publicsuffix.org); the host itself if there is none."""
    return _suffixes.privatesuffix(host.lower()) or host.lower()


def same_site(a: str, b: str) -> bool:
    """Whether two addresses belong to one registered domain."""
    return registrable_domain(urlsplit(a).hostname or "") == registrable_domain(urlsplit(b).hostname or "")


def canonical(declared: str, page_url: str) -> str | None:
    """The address a page declares for itself, if it can be believed; None otherwise."""
    address = absolute(declared, page_url)
    if address is None or not same_site(address, page_url):
        return None
    if urlsplit(address).path.strip("/") == "" and urlsplit(page_url).path.strip("/") != "":
        return None
    return clean(address)


def date_in_path(url: str) -> str | None:
    """A date that stands in an address's path, as YYYY-MM-DD."""
    found = _DATE_IN_PATH.search(urlsplit(url).path)
    return "-".join(found.groups()) if found else None
