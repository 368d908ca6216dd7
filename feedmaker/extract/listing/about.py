"""What a listing page says of itself: its title, what it is about, its language."""

from __future__ import annotations

from feedmaker.extract.listing.texts import text_of
from feedmaker.model import Candidate, Page

_NAMES = frozenset(("og:title", "description", "og:description", "og:locale", "content-language", "language"))


class About:
    """The page's own words, read from its ``<head>`` once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._metas: dict[str, str] = {}
        for meta in page.every("meta"):
            name = (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()
            if name in _NAMES and (content := (meta.get("content") or "").strip()):
                self._metas.setdefault(name, content)

    @property
    def titles(self) -> tuple[Candidate[str], ...]:
        """The page's titles, the surest first."""
        found = self._named("og:title")
        for tag in ("title", "h1"):
            element = next(iter(self._page.every(tag)), None) if not found else None
            if element is not None and (text := text_of(element)):
                found = (Candidate(text, tag),)
        return found

    @property
    def summaries(self) -> tuple[Candidate[str], ...]:
        """What the page says it is about."""
        return self._named("description", "og:description")

    @property
    def languages(self) -> tuple[Candidate[str], ...]:
        """The page's languages as its root, its ``<meta>`` elements and its headers name them."""
        roots = (self._page.tree, *self._page.tree.findall("body"))
        declared = (root.get("lang") or root.get("xml:lang") for root in roots)
        header = self._page.headers.get("content-language")
        return (
            *(Candidate(value, "html lang") for value in declared if value),
            *self._named("og:locale", "content-language", "language"),
            *((Candidate(header, "header content-language"),) if header else ()),
        )

    def _named(self, *names: str) -> tuple[Candidate[str], ...]:
        return tuple(Candidate(self._metas[name], f"meta {name}") for name in names if name in self._metas)
