"""Time zones as dates write them: offsets, and abbreviations with what they mean to most readers."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_HOURS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet", "wez"), 0.0),
    **dict.fromkeys(("bst", "cet", "mez", "wat", "west", "wesz", "hec"), 1.0),
    **dict.fromkeys(("cest", "mesz", "eet", "oez", "cat", "sast", "hesz"), 2.0),
    **dict.fromkeys(("msk", "мск", "eest", "oesz", "eat", "trt", "idt"), 3.0),
    "irst": 3.5,
    "gst": 4.0,
    "pkt": 5.0,
    "ist": 5.5,
    "npt": 5.75,
    **dict.fromkeys(("ict", "wib"), 7.0),
    **dict.fromkeys(("sgt", "myt", "hkt", "pht", "awst", "wita"), 8.0),
    **dict.fromkeys(("jst", "kst", "wit"), 9.0),
    "acst": 9.5,
    "aest": 10.0,
    "aedt": 11.0,
    "nzst": 12.0,
    "nzdt": 13.0,
    "ndt": -2.5,
    **dict.fromkeys(("brt", "art", "clst", "adt"), -3.0),
    "nst": -3.5,
    **dict.fromkeys(("ast", "edt", "clt", "bot"), -4.0),
    **dict.fromkeys(("est", "cdt", "cot", "pet"), -5.0),
    **dict.fromkeys(("cst", "mdt"), -6.0),
    **dict.fromkeys(("mst", "pdt"), -7.0),
    **dict.fromkeys(("pst", "akdt"), -8.0),
    "akst": -9.0,
    "hst": -10.0,
}
# Without a word on daylight saving: the zone knows which days have it.
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

_OFFSET = re.compile(r"([+\-−])(\d{1,2}):?(\d\d)?(?::?\d\d)?")
_AFTER_TIME = re.compile(
    r"[\s,;|•]*(?:[Uu]hr|hrs|h)?[\s,(\[]*"
    r"(?:(?:GMT|UTC|gmt|utc)\s?(?P<named>[+\-−]\d{1,2}(?::?\d\d)?)|(?P<offset>[+\-−](?:\d{4}|\d{1,2}:\d\d|\d\d))(?![\d./-])"
    r"|(?P<alone>[Zz]|utc|gmt|[A-ZМСК]{2,4})(?![\w.]))",  # in capitals: many words of many languages look the same
)


def offset_zone(text: str) -> tzinfo | None:
    """The fixed zone of an offset such as ``+0100``, ``-03:30`` or ``+1``; None beyond a day."""
    found = _OFFSET.fullmatch(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes)) if minutes < 24 * 60 else None


@lru_cache(256)
def named_zone(name: str) -> tzinfo | None:
    """The zone that an abbreviation or an IANA name (``Europe/Berlin``) means; None for any other word.

    Of zones that share an abbreviation the one with most news counts: IST is India's, CST and AST are America's.
    """
    key = name.casefold()
    if key in _HOURS:
        return timezone(timedelta(hours=_HOURS[key]))
    if key not in _PLACES and "/" not in name:
        return None
    try:
        return ZoneInfo(_PLACES.get(key, name))
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None


def zone_after(text: str, end: int) -> tzinfo | None:
    """The zone that stands in ``text`` right after a time that ends at ``end``."""
    found = _AFTER_TIME.match(text, end)
    if not found:
        return None
    if found["alone"]:
        return named_zone(found["alone"])
    return offset_zone(found["named"] or found["offset"])
