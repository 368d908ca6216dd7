"""One pass over a page's tree that collects what the extractors read, so that none of them walks it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from feedmaker.model import Page

_TAGS = ("meta", "link", "script", "title", "h1", "time")


@dataclass(frozen=True, slots=True)
class Survey:
    """A page and its landmarks in document order; ``metas`` are contents by lower-case name or property."""

    page: Page
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: list[HtmlElement] = field(default_factory=list)
    scripts: list[HtmlElement] = field(default_factory=list)
    titles: list[HtmlElement] = field(default_factory=list)
    headlines: list[HtmlElement] = field(default_factory=list)
    times: list[HtmlElement] = field(default_factory=list)

    def meta(self, name: str) -> str | None:
        """The first content of a meta element, by its lower-case name."""
        contents = self.metas.get(name)
        return contents[0] if contents else None


def survey(page: Page) -> Survey:
    """Collect the landmarks of a page."""
    found = Survey(page)
    rooms = {
        "link": found.links,
        "script": found.scripts,
        "title": found.titles,
        "h1": found.headlines,
        "time": found.times,
    }
    for element in page.tree.iter(*_TAGS):
        if element.tag == "meta":
            _add_meta(found.metas, element)
        else:
            rooms[element.tag].append(element)
    return found


def _add_meta(metas: dict[str, list[str]], element: HtmlElement) -> None:
    content = element.get("content")
    if not content or not content.strip():
        return
    for attribute in ("property", "name", "http-equiv"):
        name = element.get(attribute)
        if name:
            metas.setdefault(name.strip().lower(), []).append(content)


def text_of(elements: Iterable[HtmlElement]) -> list[str]:
    """The text content of elements, white space folded, empty ones left out."""
    texts = (" ".join("".join(element.itertext()).split()) for element in elements)
    return [text for text in texts if text]
