"""Where a listing goes on: its next, older page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lxml.html import HtmlElement

from feedmaker.extract.listing.links import Base, Links
from feedmaker.model import Candidate, Page
from feedmaker.normalize.urls import same_site

# The words of a link to the next page, or to older entries, in the languages that news is written in most.
_NEXT_IN_WORDS = """
    next weiter nächste nächster nächsten suivant suivante suivantes siguiente siguientes próximo próxima próximos
    próximas seguinte seguintes successivo successiva avanti prossimo prossima volgende nästa neste næste seuraava
    następna następny następne dalej další ďalšia ďalšie ďalší következő următoarea următorul следующая следующие
    следующий следующее след далее вперед вперёд наступна далі следваща sljedeća следећа sledeća naslednja sonraki
    επόμενη επόμενο επόμενα berikutnya selanjutnya sau tiếp següent järgmine nākamā kitas toliau अगला পরবর্তী आगे"""
# Those that go on whichever way an arrow beside them points: older entries, and what is written from right to left.
_EITHER_WAY_IN_WORDS = """
    older ältere anciens anciennes antiguas antiguos antigas antigos vecchi oudere äldre eldre ældre vanhemmat starsze
    starší staršie régebbi régebbiek vechi старые старее по-стари starije stariji παλαιότερα παλαιότερη senesni
    vanemad ישנות أقدم قدیمی पुराने পুরাতন הבא التالي بعدی"""
_EITHER_WAY = frozenset(_EITHER_WAY_IN_WORDS.split())
_NEXT_WORDS = frozenset(_NEXT_IN_WORDS.split()) | _EITHER_WAY
_NEXT_SIGNS = re.compile(r"下一?[页頁]|后页|较旧|次へ|次の|次ページ|古い|다음|ถัดไป")
_MORE_WORDS = frozenset(
    (
        "more",
        "mehr",
        "plus",
        "más",
        "mais",
        "altro",
        "meer",
        "fler",
        "flere",
        "więcej",
        "ещё",
        "еще",
        "больше",
        "もっと",
        "更多",
    )
)
_TELLING = _NEXT_WORDS | _MORE_WORDS
_ARROW = re.compile(r"[\s.|]*[›»>→⟩❯▶►⇒]+[\s.|]*$")
_BACK = re.compile(r"[‹«<←⟨❮◀◄]")
_PUNCTUATION = "›»>→⟩❯▶►⇒.:,;|()[]… "
_PAGE_IN_URL = re.compile(
    r"(?:\bp(?:a?ge?[a-z]*|agina|agen_\d+|n)?|seite|start|offset|skip|from)[=/_-]?(\d+)", re.IGNORECASE
)
_PAGER = re.compile(r"pag(?:er|ing|ina|es?\b|e-?n)|\bpgs?\b|next|older|nav-?links", re.IGNORECASE)
_LONGEST = 40  # characters of what a link says
_ENOUGH = 5


def nexts_of(
    page: Page, base: Base, links: Links, entries: Collection[str], repeated: Collection[str]
) -> tuple[Candidate[str], ...]:
    """Addresses of the page that goes on, the likeliest first: by relation, by word, by arrow, by number.

    ``entries`` are the addresses of entries and ``repeated`` texts that lead to several pages: neither leads on.
    """
    found: dict[str, tuple[float, str]] = {}
    current = _page_number(page.url) or 1
    for element, points, where in _ways(page, links, repeated, str(current + 1)):
        url = base.resolve(element.get("href", ""))
        if url is None or url in entries:
            continue
        points += 2 * _is_page_of(url, page.url, current)
        if points >= _ENOUGH and points > found.get(url, (0, ""))[0] and _leads_on(url, page.url, base):
            found[url] = (points, where)
    ranked = sorted(found.items(), key=lambda pair: -pair[1][0])
    return tuple(Candidate(url, where) for url, (_, where) in ranked)


def _ways(page: Page, links: Links, repeated: Collection[str], number: str) -> Iterator[tuple[HtmlElement, float, str]]:
    """The links that say that they lead to the next page, how much so, and by what."""
    for link in page.every("link"):
        if _is_related(link):
            yield link, 10, "rel=next"
    for element, text in links.short:
        names = element.keys()
        if "rel" in names and _is_related(element):
            yield element, 10, "rel=next"
        elif text and (text in repeated or (_says_nothing(text, number) and not _says_more(element, names))):
            continue
        elif (way := _points(element, text, number))[0]:
            yield element, *way


def _is_related(link: HtmlElement) -> bool:
    """Whether a link says by its relation that it leads to the next page (HTML Standard, link type "next")."""
    return "next" in link.get("rel", "").lower().split()


def _says_more(element: HtmlElement, names: list[str]) -> bool:
    """Whether a link may say by its attributes (of these ``names``) what its text does not."""
    if "title" in names or "aria-label" in names:
        return True
    return "class" in names and "next" in element.get("class", "").lower()


def _says_nothing(text: str, number: str) -> bool:
    """Whether the text of a link is surely none of a link to the next page, as that of most links."""
    if not text.isascii() or not text[0].isalnum() or not text[-1].isalnum():
        return False
    return not text.endswith(number) and _TELLING.isdisjoint(text.casefold().split())


def _points(element: HtmlElement, text: str, number: str) -> tuple[float, str]:
    for said in _said(element, text):
        if _says_next(said):
            return 4 + _is_in_pager(element), "word"
        if not said[-1].isalnum() and _ARROW.match(said):
            return 3 + 2 * _is_in_pager(element), "arrow"
    if text == number and _is_in_pager(element):
        return 4, "number"
    if text.endswith(f" {number}") and text.count(" ") == 1:  # Page 2, in any language
        return 3, "number"
    return (3, "more") if not _MORE_WORDS.isdisjoint(text.casefold().split()) else (0, "")


def _said(element: HtmlElement, text: str) -> Iterator[str]:
    """What a link says, by its text and beside it."""
    if text:
        yield text
    for name in ("title", "aria-label"):
        if label := element.get(name, "").strip():
            yield label[:_LONGEST]
    if "next" in element.get("class", "").lower():
        yield "next"
    if not text:
        yield from (alt for picture in element.iter("img") if (alt := picture.get("alt", "").strip()))


def _says_next(said: str) -> bool:
    words = said.casefold().split()
    if _NEXT_WORDS.isdisjoint(words) and not (said[0].isalnum() and said[-1].isalnum()):
        words = [word.strip(_PUNCTUATION) for word in words]
    if _NEXT_WORDS.isdisjoint(words) and (said.isascii() or not _NEXT_SIGNS.search(said)):
        return False
    return len(words) <= 6 and (not _BACK.search(said) or not _EITHER_WAY.isdisjoint(words))


def _is_in_pager(element: HtmlElement) -> bool:
    place: HtmlElement | None = element
    for _ in range(4):
        if place is None:
            return False
        if _PAGER.search(f"{place.get('class', '')} {place.get('id', '')}"):
            return True
        place = place.getparent()
    return False


def _leads_on(url: str, page_url: str, base: Base) -> bool:
    return url.partition("#")[0].rstrip("/") != base.page and same_site(url, page_url)


def _is_page_of(url: str, page_url: str, current: int) -> bool:
    """Whether an address is that of the same listing with a number in it, or has the next number in it."""
    number = _page_number(url)
    if number is None:
        return False
    section = page_url.partition("?")[0].rstrip("/")
    return url.startswith(section) or number == current + 1


def _page_number(url: str) -> int | None:
    numbers = _PAGE_IN_URL.findall(url.partition("//")[2].partition("/")[2])
    return int(numbers[-1]) if numbers else None
