"""What an address tells of its site: the names it goes by, and the time zone of its country."""

from __future__ import annotations

import re
from datetime import tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feedmaker.normalize.urls import host_of, registrable_domain

_BETWEEN = re.compile(r"[\W_]+")
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
# Languages (ISO 639), and the country's domain of nearly all publishers who write in them.
_COUNTRIES = {
    "bg": "bg", "cs": "cz", "da": "dk", "de": "de", "el": "gr", "et": "ee", "fi": "fi", "he": "il",
    "hr": "hr", "hu": "hu", "is": "is", "it": "it", "ja": "jp", "ko": "kr", "lt": "lt", "lv": "lv", "nb": "no",
    "nl": "nl", "nn": "no", "no": "no", "pl": "pl", "ro": "ro", "sk": "sk", "sl": "si", "sr": "rs", "sv": "se",
    "th": "th", "tr": "tr", "uk": "ua", "vi": "vn",
}  # fmt: skip


@lru_cache(4096)
def squeezed(name: str) -> str:
    """A name without what differs between its spellings: ``The Daily News`` and ``daily-news`` are one."""
    return _BETWEEN.sub("", name.casefold().removeprefix("www.")).removeprefix("the")


@lru_cache(4096)
def is_site(name: str, page_url: str) -> bool:
    """Whether a name is what a page's host calls its site: its whole name, or the part that its owner chose."""
    host = host_of(page_url).removeprefix("www.")
    own = squeezed(name)
    if not own or own not in squeezed(host):  # most names are not, and need no list of public suffixes
        return False
    domain = registrable_domain(host)
    return own in {squeezed(part) for part in (host, domain, domain.partition(".")[0])}


def home_zone(page_url: str, language: str | None = None) -> tzinfo | None:
    """The time zone in which a site keeps its clock, by its domain's country or by its language; None if neither tells.

    ``language`` is a tag (BCP 47): its region, or the country where nearly all who publish in the language live.
    """
    own, *rest = (language or "").lower().split("-")
    region = next((part for part in rest if len(part) == 2), None)
    country = {"gb": "uk"}.get(region, region) if region else _COUNTRIES.get(own)
    name = _ZONES.get(host_of(page_url).rpartition(".")[2]) or _ZONES.get(country or "")
    return _zone(name) if name else None


@lru_cache(128)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # an old or missing zone database
        return None
