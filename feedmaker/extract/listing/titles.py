"""The title of an entry as its record shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from lxml.html import HtmlElement

from feedmaker.extract.listing.datetexts import is_date_alone
from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.places import HEADINGS, Sign, about
from feedmaker.extract.listing.tails import without_tail
from feedmaker.extract.listing.texts import own_text, text_of, word_count
from feedmaker.extract.listing.titleends import without_clock
from feedmaker.extract.listing.titletemplate import BOLD, LINE, TITLE_WORDS, TitleTemplate, blocks_of
from feedmaker.model import Candidate
from feedmaker.normalize.dates import looks_like_date

_CLOCK = re.compile(r"\d{1,2}(?::\d\d){1,2}")  # how long a video is, or when a story came
_LONGEST = 300  # characters of a text that stands for a title
_DIGIT = re.compile(r"\d")
_BULLETS = "–—•·▪■●►▶|  "
_QUOTES = " “”„\"'«»‘’…."
_ARROWS = "»›→▸► "
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_FEWEST = 3  # words of a link that is a title rather than "read more"
_APART = int(Sign.DATE | Sign.COUNT | Sign.AUTHOR)
_TITLE = int(Sign.TITLE)
_INLINE = frozenset(("span", "small", "time", "div", "em", "i", "sup", "b", "strong"))


def title_place(link: Link, roots: Sequence[HtmlElement], repeated: Collection[str]) -> HtmlElement | None:
    """The element that shows the record's title: the link or a heading in it, or else a heading beside it."""
    if _is_title(link, link.text, repeated):
        return link.title
    return next((element for element, _ in _headings(link, roots)), None)


def titles_of(
    link: Link,
    twins: Sequence[Link],
    roots: Sequence[HtmlElement],
    repeated: Collection[str],
    template: TitleTemplate,
) -> tuple[Candidate[str], ...]:
    """The record's titles, the best first.

    Texts in ``repeated`` lead to several pages and are no titles; ``template`` is what titles have in common.
    """
    text, where = title_in(link, template, repeated)
    if template.has_clocks:
        text = without_clock(text)
    if template.opening and (named := _named_behind(template.opening, text, link, roots)):
        return (named,)
    is_whole = _is_title(link, text, repeated) and not text.endswith(("...", "…")) and not _is_called(link, twins)
    if is_whole and (title := _clean(text)):
        return (Candidate(title, where),)
    found: dict[str, str] = {}
    for offered, source in _titles(link, twins, roots, template, (text, where)):
        if offered not in repeated and (title := _clean(offered)):
            found.setdefault(title, source)
    if not found and (said := _said(roots, repeated)):
        found[said] = "record text"
    return tuple([Candidate(title, source) for title, source in found.items()])


def _named_behind(opening: str, text: str, link: Link, roots: Sequence[HtmlElement]) -> Candidate[str] | None:
    """The heading of the record that a link names behind what all links of the list say: "Read more about"."""
    named = text.removeprefix(opening).strip(_QUOTES)
    return next((Candidate(named, where) for each, where in _headings(link, roots) if text_of(each) == named), None)


def _is_title(link: Link, text: str, repeated: Collection[str]) -> bool:
    """Whether a link says what it leads to, rather than "read more" or when it came."""
    if link.is_heading:
        return True
    return link.words >= _FEWEST and text not in repeated and not is_date_alone(text)


def _is_called(link: Link, twins: Sequence[Link]) -> bool:
    """Whether a link shows no text but is called something, as by its picture; a heading of its card goes before."""
    return link.is_silent and len(twins) > 1 and not link.is_heading


def _said(roots: Sequence[HtmlElement], repeated: Collection[str]) -> str:
    """The first text of a record that may be a title, where its links have none: rows with a date, a name and "PDF"."""
    texts = (own_text(element) for root in roots for element in root.iter("*") if isinstance(element.tag, str))
    told = (text for text in texts if word_count(text) >= _FEWEST and text not in repeated)
    return next((text[:_LONGEST] for text in told if not looks_like_date(text)), "")


def _clean(title: str) -> str:
    """A title without what lists hang on it, bullets and dashes before it, arrows behind it; empty for only signs."""
    title = without_tail(title)[0].lstrip(_BULLETS)
    return title.rstrip(_ARROWS) if title[-1:] in _ARROWS and "«" not in title else title


def _titles(
    link: Link, twins: Sequence[Link], roots: Sequence[HtmlElement], template: TitleTemplate, own: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    text = own[0]
    headings = [(_own(element, template), where) for element, where in _headings(link, roots)]
    is_date = is_date_alone(text)
    if not link.is_heading and (is_date or link.words < _FEWEST or _is_called(link, twins)):
        yield from headings
    if text.endswith(("...", "…")):
        yield from _longer(twins, roots, _CUT.sub("", text))
    if not is_date:
        yield own
        yield from headings
    yield (link.element.get("title") or "").strip(), "link title"
    if is_date:
        yield own
    yield from ((picture.get("alt") or "", "picture alt") for root in roots for picture in root.iter("img"))


def _headings(link: Link, roots: Sequence[HtmlElement]) -> Iterator[tuple[HtmlElement, str]]:
    """Elements with titles in words that stand beside the link, not around it, and what they are."""
    headings, named = [], []
    for root in roots:
        for element in root.iter("*"):
            if element.tag in HEADINGS:
                headings.append((element, element.tag))
            if _signs(element) & _TITLE:
                named.append((element, "named title"))
    around = set(link.element.iterancestors()) if headings or named else ()
    yield from (pair for pair in (*headings, *named) if pair[0] not in around and _has_words(pair[0]))


def _has_words(element: HtmlElement) -> bool:
    return any(map(str.isalpha, text_of(element)))


def _longer(twins: Sequence[Link], roots: Sequence[HtmlElement], start: str) -> Iterator[tuple[str, str]]:
    """Longer texts that begin like a title that was cut."""
    offered = [(twin.text, "link") for twin in twins]
    for root in roots:
        offered += [(link.get("title") or "", "link title") for link in root.iter("a")]
        offered += [(picture.get("alt") or "", "picture alt") for picture in root.iter("img")]
    for text, where in offered:
        if len(text) > len(start) and text.startswith(start) and not _CUT.search(text):
            yield text, where


def title_in(link: Link, template: TitleTemplate, repeated: Collection[str]) -> tuple[str, str]:
    """The title within a link: all of it, or the part of a whole card that is the title.

    A heading with a text in ``repeated`` says of which section an entry is.
    """
    element = link.element
    if not len(element):
        return link.text, "heading" if link.is_heading else "link"
    if link.title is not element:
        headings = _own_headings(element)
        if len(headings) == 1:
            return _own(link.title, template, link.text) if len(link.title) else link.text, link.title.tag
        headings = [heading for heading in headings if text_of(heading) not in repeated] or headings
        top = min(heading.tag for heading in headings)
        return max((_own(heading, template) for heading in headings if heading.tag == top), key=len), top
    if link.is_heading:
        return _own(element, template, link.text), "heading"
    named = [_own(part, template) for part in element.iterdescendants("*") if _signs(part) & _TITLE]
    if any(named):
        return max(named, key=word_count), "named title"
    return _first_text(element, template) or _own(element, template, link.text), "link"


def _own_headings(card: HtmlElement) -> list[HtmlElement]:
    """The headings in a link, but not those of links that a parser nests in one that the page leaves open."""
    headings = list(card.iter(*HEADINGS))
    if len(headings) == 1 or next(card.iterdescendants("a"), None) is None:
        return headings
    return [each for each in headings if next(each.iterancestors("a")) is card] or headings[:1]


def _first_text(card: HtmlElement, template: TitleTemplate) -> str:
    """The block of a card that shows the titles of its list, or else the first that is long enough for a title.

    A kicker before it that ends in a colon belongs to it.
    """
    shown = [(name, text) for name, block in blocks_of(card) if (text := _own(block, template))]
    has_block = any(name == template.block for name, _ in shown)
    if not has_block and shown and shown[0][0][0] in (LINE, *BOLD):
        return ""
    shown = [
        (name, text) for name, text in shown if name == template.block or text[-1] == ":" or not looks_like_date(text)
    ]
    kicker = ""
    for name, text in shown:
        is_title = name == template.block if has_block else word_count(text) >= TITLE_WORDS and text[-1] != ":"
        if is_title or kicker.endswith(":"):
            return f"{kicker} {text}" if kicker.endswith(":") else text
        kicker = text
    return max((text for _, text in shown), key=word_count, default="")


def _own(element: HtmlElement, template: TitleTemplate, known: str | None = None) -> str:
    """An element's text without what counts, dates, badges and signs, unless nothing is left.

    ``known`` is all of its text where somebody has read that before.
    """
    text = text_of(element) if known is None else known
    for part in element.iterdescendants():
        if part.tag in _INLINE and _is_apart(part, template):
            return text_of(element, lambda each: _is_apart(each, template)) or text
    return text


def _is_apart(part: HtmlElement, template: TitleTemplate) -> bool:
    if part.tag == "time" or _signs(part) & _APART:
        return True
    text = text_of(part) if not len(part) else ""
    return template.is_beside(text) or (text[-1:].isdigit() and _CLOCK.fullmatch(text) is not None)


def _signs(element: HtmlElement) -> int:
    name = element.get("class")
    return about(name)[1] if name else 0
