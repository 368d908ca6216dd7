"""Names of people out of bylines: what introduces them, what follows them, and several in one text taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from feedmaker.normalize.introductions import EDGES, introduced

_ADDRESS = re.compile(r"(?:https?:|www\.)\S*|\S+@\S+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:[;|•、，／\n\t]|\s/|/\s|\s·\s|\s[–—-]\s|\s&\s|\s\+\s)\s*")
_CONJUNCTIONS = re.compile(
    r"\s+(?:and|und|et|og|och|ja|en|ve|dan|at|na|a|i|y|e|és|și|și|и|та|і|και|with|mit|avec|con)\s+", re.IGNORECASE
)
_TITLES = re.compile(
    r"^(?:dr|prof|jr|sr|ph\.?\s?d|m\.?d|m\.?a|b\.?a|mba|esq|llm|ll\.m|ii|iii|iv|dipl\.-\w+|mag|msc|m\.sc|r\.?n|rd)\.?$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:correspondent\w*|editor\w*|reporter\w*|writer|journalist\w*|columnist|columnista|producer|analyst"
    r"|contributor|bureau|chief|director|manager"
    r"|redakteur\w*|korrespondent\w*|redaktor\w*|chefredakteur\w*|volont[äa]r\w*|autorin|autor|mitarbeiter\w*"
    r"|ressortleiter\w*"
    r"|journaliste|rédact\w+|envoyé\w*|correspondant\w*|corresponsal|corrispondent\w*|redactor\w*|periodista|giornalista|inviat[oa]"
    r"|journalisti?k?|toimittaja|muhabir\w*|editör\w*|photographer|fotograf\w*|photographe|foto|photos?|video"
    r"|grafik)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:and|und|et|og|och|with|mit|avec|y|e|&)\s+", re.IGNORECASE)
# Where a name's bearer writes from: "Ann Lee in Berlin".
_PLACE = re.compile(r"(?<=\w\s\w)(\w*)\s+(?:in|aus|à|en|desde)\s+[^\W\d_a-zß-ÿ][^\s]*(?:\s+[^\W\d_a-zß-ÿ]\S*)*$")
_ELIDED = re.compile(r"[dl]['’][^\W\d_a-zß-ÿ]")
_EAST_REPORT = re.compile(r"(?:報導|报道|報道|電|电|綜合)$")
_TAIL = re.compile(
    r"\s+(?:for|für|para|pour)\s.*$|\s*(?:\(.*?\)|\[.*?\]|<.*|@\S+|\S+@\S+|https?:.*|www\..*)\s*", re.IGNORECASE
)
AGENCY = re.compile(
    r"(?:reuters|afp|dpa|apa|sda|ansa|efe|tass|xinhua|bloomberg|sid|epd|kna|ntb|tt|ritzau|belga|anp|pti|ani|ians|upi"
    r"|bernama|antara|ap|dpa-afx|aa|dha|[iİ]ha|čtk|ta[sS]r|pap|mti|lusa|stt|bta|hina|tanjug|agerpres|unian|interfax|ria"
    r"|yonhap|kyodo|jiji|cna|aap|tnn)(?:/\w+)*",
    re.IGNORECASE,
)
_NEVER_IN_A_NAME = re.compile(r"[\d:?!„“”\"()…%$€]")
# Words of buttons and labels; a text of nothing else is no name, though Thomas More and Will Read are.
_LABELLING = re.compile(
    r"about|add|all|app|article|as|authors?|back|bio|biography|by|comments?|contact|contributor|details|email|follow|full"
    r"|get|google|hide|his|her|latest|listen|live|me|more|my|news|newsletter|next|on|our|page|play|posts|preferred|print"
    r"|profile|published|read|related|save|scholar|see|share|show|sign|size|source|stor(?:y|ies)|subscribe|team|text|the"
    r"|their|this|top|up|updated|us|video|view|watch|website"
    r"|alle|artikel|autor(?:en|a)?|drucken|folgen|kommentare|lesen|mehr|merken|teilen|thema|themen|zum"
    r"|compartir|leer|más|artículo|seguir|sobre|articles|lire|suivre|partager|plus",
    re.IGNORECASE,
)
_PARTICLES = re.compile(
    r"von|van|der|den|de|del|della|di|da|das|dos|do|du|des|la|le|les|el|al|bin|ibn|ben|bint|abu|zu|zur|vom|und|y"
    r"|e|i|av|af"
    r"|ter|ten|'t|d'|san|st|vande|vander|vanden|op|in"
)
_SINGLE = re.compile(r"[^\W\d_a-z]\w*[a-zß-ÿ][\w'’-]*$")
_LONGEST = 60  # characters of a name; scientists with all their given names stay below
_MOST_WORDS = 6


@lru_cache(4096)  # who writes for a site writes often
def names(text: str) -> tuple[str, ...]:
    """The names in one text, in its order: ``By Ann Lee and Bo Ek, Reporters`` holds ``Ann Lee`` and ``Bo Ek``."""
    found = list(_names(introduced(_ADDRESS.sub(" ", text))))
    return tuple(name for at, name in enumerate(found) if not at or not _ROLE.search(name))  # "Ann Lee | Reporter"


def _names(text: str) -> Iterator[str]:
    for part in _SEPARATORS.split(text):
        for piece in _conjoined(part):
            parts = (one for raw in piece.split(",") for one in _slashed(raw))
            yield from _listed([cleaned for one in parts if (cleaned := _cleaned(one))])


def looks_like_a_name(text: str) -> bool:
    """Whether a text that stands where an author may stand has the form of a person's name."""
    parts = text.split()
    if not parts or len(text) > _LONGEST or _NEVER_IN_A_NAME.search(text) or _ROLE.search(text):
        return False
    if not text.isascii() and text.upper() == text.lower():  # scripts without capitals: Chinese, Arabic, Thai, ...
        return 2 <= len(text) <= 20
    if all(map(_LABELLING.fullmatch, parts)):
        return False
    is_capital = parts[0][0].isupper() and (parts[-1][0].isupper() or bool(_ELIDED.match(parts[-1])))
    return 2 <= len(parts) <= _MOST_WORDS and is_capital and all(map(_may_stand, parts))


def _may_stand(part: str) -> bool:
    return not part[0].islower() or bool(_PARTICLES.fullmatch(part) or _ELIDED.match(part))


def _slashed(text: str) -> list[str]:
    """A text parted at its slashes, unless all it holds are short signs: ``dpa/lno`` is one desk of an agency."""
    parts = text.strip().split("/")
    return parts if any(" " in part or not part.isascii() for part in parts) else [text]


def _conjoined(text: str) -> list[str]:
    """A text parted at its conjunctions, if there are whole names on both sides ("Ortega y Gasset" is one)."""
    parts = [part for part in _CONJUNCTIONS.split(text) if part.strip()]
    return parts if all(len(part.split()) > 1 or part.isupper() for part in parts) else [text]


def _listed(parts: list[str]) -> Iterator[str]:
    """The names among parts that stood between commas: titles, roles and places behind a name are no names."""
    if len(parts) == 2 and all(_SINGLE.match(part) for part in parts):
        parts = [" ".join(reversed(parts))]  # "Lee, Ann", as libraries write it
    if parts and (len(parts[0].split()) > 1 or "." in parts[0]):
        parts = parts[:1] + [part for part in parts[1:] if AGENCY.fullmatch(part) or _is_whole(part, parts[0])]
    yield from (part for part in parts if not _TITLES.match(part))


def _is_whole(part: str, first: str) -> bool:
    """Whether a part behind a comma is a name of its own, and neither a role nor a place ("do Rio")."""
    return len(part.split()) > 1 and not _ROLE.search(part) and part[0].islower() <= first[0].islower()


def _cleaned(text: str) -> str | None:
    """One name without brackets, addresses and marks at its edges; None for what is no name."""
    text = _PLACE.sub(r"\1", _LEADING.sub("", " ".join(_TAIL.sub(" ", text).split()).strip(EDGES)))
    if (
        _EAST_REPORT.search(text)
        or not text
        or len(text) > _LONGEST
        or not any(character.isalpha() for character in text)
    ):
        return None
    return text
