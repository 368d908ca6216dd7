"""What dateparser makes of a date in words: the last in line, for it costs up to a thousand times the other ways."""

from __future__ import annotations

import re
from datetime import datetime

from feedmaker.normalize.dates.moment import Moment
from feedmaker.normalize.dates.relative import says_ago

_LONGEST = 40  # characters
_MOST_WORDS = 6
_WORD = re.compile(r"[^\W\d_]{2,}")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_COUNT = re.compile(r"\(\d+\)")  # how many entries an archive has of a month
_BY_HEART_CODES = """en de fr es it pt nl sv da nb no nn fi is pl cs sk hu ro bg ru uk be sr hr sl mk lt lv et tr el he
    ar fa hi id ms vi ca gl ja ko zh"""
_BY_HEART = frozenset(_BY_HEART_CODES.split())
# Without a hint of its language a text is tried in these alone: trying all of dateparser's 200 takes half a second.
_MAIN_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "bg", "ru", "uk"),
    *("tr", "el", "he", "ar", "fa", "ja", "ko", "zh", "vi", "id", "th", "hi"),
)


def read_in_words(text: str, here: datetime, languages: tuple[str, ...], day_first: bool | None) -> Moment | None:
    """The moment of a short text with a number of a day and some words; ``here`` is now in the zone of its reader."""
    words = _WORD.findall(text)
    if len(text) > _LONGEST or not 1 <= len(words) <= _MOST_WORDS or _COUNT.search(text):
        return None
    if not says_ago(text.casefold()) and (_are_known_by_heart(languages) or not _DAY.search(text)):
        return None
    import dateparser

    settings: dict[str, object] = {
        "RELATIVE_BASE": here.replace(tzinfo=None),
        "PARSERS": ["relative-time", "absolute-time"],
        "REQUIRE_PARTS": ["day", "month"],
        "PREFER_DATES_FROM": "past",
    }
    if day_first is not None:
        settings["DATE_ORDER"] = "DMY" if day_first else "MDY"
    try:
        at: datetime | None = dateparser.parse(text, languages=_known(languages), settings=settings)
    except (ValueError, OverflowError):
        return None
    return _moment(at, here) if at else None


def _are_known_by_heart(languages: tuple[str, ...]) -> bool:
    """Whether ``words`` has the months of these languages, so that a text without one of them holds no date.

    So it is taken to be for a page that names no language: of the web's languages few are missing.
    """
    return all(tag.partition("-")[0] in _BY_HEART for tag in languages)


def _known(languages: tuple[str, ...]) -> list[str]:
    from dateparser.data.languages_info import language_order

    known = [language for tag in languages if (language := tag.partition("-")[0]) in language_order]
    return known or list(_MAIN_LANGUAGES)


def _moment(at: datetime, here: datetime) -> Moment:
    """dateparser gives a day without a time as its midnight, and a distance in days at the present time of day."""
    if at.time() == here.time():
        return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0), has_time=False)
    return Moment(at, has_time=at.time() != datetime.min.time())
