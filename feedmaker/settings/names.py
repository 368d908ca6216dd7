"""Names in settings: of sources, time zones, and what there is to choose from."""

from __future__ import annotations

import keyword
import re
import unicodedata
import zoneinfo
from datetime import tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from feedmaker.settings.invalid import Invalid, describe, did_you_mean, nearest, require_text

LONGEST = 100  # characters; the name becomes a file's
# What is no letter of ASCII with an accent: Latin letters of their own, Cyrillic (BGN/PCGN, simplified) and Greek.
_LETTERS = str.maketrans(
    "øđðłıħəабвгґдезиіјклмнопрстуфыэћαβγδεζηικλμνξοπρσςτυφω",
    "oddliheabvggdeziijklmnoprstufyecavgdeziiklmnxoprsstyfo",
)
_DIGRAPHS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", "є": "ye", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch"}
    | {"ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "љ": "lj", "њ": "nj", "џ": "dz", "ђ": "dj"}
    | {"ѕ": "dz", "θ": "th", "χ": "ch", "ψ": "ps"}
)
Choice = TypeVar("Choice", bound=StrEnum)
FUNCTION = r"^[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*$"
SOURCE = rf"^[a-z0-9][a-z0-9_-]{{0,{LONGEST - 1}}}$"


def parse_source_name(value: object) -> str:
    """Check the name of a source, which becomes the names of its files; raises Invalid."""
    name = require_text(value, "a name")
    if re.fullmatch(SOURCE, name):
        return name
    message = f"Expected a name of lower-case letters, digits, - and _, at most {LONGEST}, found {describe(name)}."
    plain = slug(name)
    raise Invalid(message, f'Write "{plain}".' if plain else None)


def slug(text: str) -> str:
    """The nearest valid name of a source: ``Sputnik Américas!`` is ``sputnik-americas``; empty if nothing is left.

    Letters of Latin, Cyrillic and Greek scripts are written as English writes them.
    """
    letters = unicodedata.normalize("NFKD", text[: 4 * LONGEST].lower())
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    plain = bare.translate(_LETTERS).translate(_DIGRAPHS).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:LONGEST].rstrip("-_")


def parse_function(value: object) -> str:
    """Check the name of a Python function, ``package.module:function``; raises Invalid."""
    expected = "a function such as my_sites:town or my_sites.town:entries"
    text = require_text(value, expected)
    if re.fullmatch(FUNCTION, text) and not any(keyword.iskeyword(name) for name in re.split("[.:]", text)):
        return text
    module, _, function = text.partition(":")
    plain = module.removesuffix(".py").replace("/", ".").lstrip(".")
    if not function:
        plain, _, function = plain.rpartition(".")
    meant = f"{plain}:{function}"
    hint = f"Write {meant}." if re.fullmatch(FUNCTION, meant) else None
    raise Invalid(f"Expected {expected}, found {describe(text)}.", hint)


def parse_choice(value: object, choices: type[Choice]) -> Choice:
    """Read one of the names that there are to choose from; raises Invalid."""
    *others, last = choices
    expected = f"{', '.join(others)} or {last}"
    text = require_text(value, expected)
    try:
        return choices(text)
    except ValueError as error:
        raise Invalid(f"Expected {expected}, found {describe(text)}.", did_you_mean(text, list(choices))) from error


def parse_timezone(value: object) -> tzinfo:
    """Read the name of a zone in the IANA time zone database; raises Invalid."""
    return _zone(require_text(value, "a time zone such as Europe/Moscow"))


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    if name not in _zones():
        raise Invalid(f"Expected a time zone such as Europe/Moscow, found {describe(name)}.", _zone_hint(name))
    return zoneinfo.ZoneInfo(name)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _zone_hint(name: str) -> str:
    """The zone that was meant, by its city alone or by another spelling; never a guess at an abbreviation."""
    by_city = {
        zone.rpartition("/")[2]: zone for zone in sorted(_zones()) if "/" in zone and not zone.startswith("Etc/")
    }
    match = nearest(name, _zones(), cutoff=0.86) or by_city.get(nearest(name, by_city, cutoff=0.86) or "")
    return f'Did you mean "{match}"?' if match else "Use a name of the IANA time zone database, continent and city."
