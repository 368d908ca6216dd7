"""What an address tells of its site: the names it goes by, and the time zone of its country."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feedmaker.normalize.urls import registrable_domain

# Countries with one time zone, or with one in which nearly all their publishers sit (ISO 3166 code, IANA name).
_ZONES = {
    "ae": "Asia/Dubai", "ar": "America/Argentina/Buenos_Aires", "at": "Europe/Vienna", "bd": "Asia/Dhaka",
    "be": "Europe/Brussels", "bg": "Europe/Sofia", "by": "Europe/Minsk", "ch": "Europe/Zurich",
    "cl": "America/Santiago", "cn": "Asia/Shanghai", "cz": "Europe/Prague", "de": "Europe/Berlin",
    "dk": "Europe/Copenhagen", "ee": "Europe/Tallinn", "eg": "Africa/Cairo", "es": "Europe/Madrid",
    "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gr": "Europe/Athens", "hk": "Asia/Hong_Kong",
    "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "ie": "Europe/Dublin", "il": "Asia/Jerusalem",
    "in": "Asia/Kolkata", "ir": "Asia/Tehran", "is": "Atlantic/Reykjavik", "it": "Europe/Rome", "jp": "Asia/Tokyo",
    "ke": "Africa/Nairobi", "kr": "Asia/Seoul", "lb": "Asia/Beirut", "li": "Europe/Vaduz", "lk": "Asia/Colombo",
    "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg", "lv": "Europe/Riga", "my": "Asia/Kuala_Lumpur",
    "ng": "Africa/Lagos", "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "nz": "Pacific/Auckland",
    "pe": "America/Lima", "ph": "Asia/Manila", "pk": "Asia/Karachi", "pl": "Europe/Warsaw", "pt": "Europe/Lisbon",
    "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "ru": "Europe/Moscow", "sa": "Asia/Riyadh",
    "se": "Europe/Stockholm", "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava",
    "th": "Asia/Bangkok", "tr": "Europe/Istanbul", "tw": "Asia/Taipei", "tz": "Africa/Dar_es_Salaam",
    "ua": "Europe/Kyiv", "uk": "Europe/London", "uy": "America/Montevideo", "vn": "Asia/Ho_Chi_Minh",
    "za": "Africa/Johannesburg",
}  # fmt: skip


def squeezed(name: str) -> str:
    """A name without what differs between its spellings: ``The Daily News`` and ``daily-news`` are one."""
    plain = name.casefold().removeprefix("www.")
    return "".join(character for character in plain if character.isalnum()).removeprefix("the")


@lru_cache(1024)
def site_keys(page_url: str) -> frozenset[str]:
    """What a page's host calls its site, squeezed: its whole name, and the part that its owner chose."""
    host = (urlsplit(page_url).hostname or "").removeprefix("www.")
    domain = registrable_domain(host) if host else ""
    return frozenset(key for name in (host, domain, domain.partition(".")[0]) if (key := squeezed(name)))


def home_zone(page_url: str) -> tzinfo | None:
    """The time zone in which a site with a country's domain keeps its clock; None where that does not tell it."""
    name = _ZONES.get((urlsplit(page_url).hostname or "").rpartition(".")[2].lower())
    return _zone(name) if name else None


@lru_cache(128)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # an old or missing zone database
        return None
