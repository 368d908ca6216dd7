"""schema.org nodes, from whichever syntax, to candidates (https://schema.org/Article and its properties)."""

from __future__ import annotations

from collections.abc import Iterator

from feedmaker.extract.article.drafts import joined
from feedmaker.extract.article.json_text import Json
from feedmaker.extract.article.nodes import Node, Nodes, types_of
from feedmaker.extract.article.survey import Survey, address_key
from feedmaker.model import Candidate, Draft, RawDate, RawImage, RawPerson

_STORIES = ("Article", "Posting", "Report", "Review", "Recipe", "CreativeWork")
_RECORDINGS = ("VideoObject", "AudioObject", "PodcastEpisode", "Episode", "Movie")
_PAGES = ("Page",)
_RUN = 3  # sections from which they are a story's tags, not where it stands
_NAMED = 4  # what it weighs that a node names the page's address, or another one; more than any type


def draft_of(blocks: list[Json], source: str, survey: Survey) -> Draft:
    """The candidates of the nodes that describe the page's story: the article first, then the page that holds it."""
    nodes = Nodes(blocks)
    url = survey.page.url
    return joined(url, [_Reader(node, nodes, source).draft(url) for node in _chosen(nodes, survey)])


def _chosen(nodes: Nodes, survey: Survey) -> list[Node]:
    """The nodes about the page's story, the surest first; of several stories that name no address the first alone."""
    ranked = [(rank, node) for node in nodes.top if (rank := _rank(node, nodes, survey)) > 0]
    ranked.sort(key=lambda pair: -pair[0])
    best = ranked[0][0] if ranked else 0
    return [node for place, (rank, node) in enumerate(ranked) if not place or rank > _NAMED or rank < min(best, 2)]


def _rank(node: Node, nodes: Nodes, survey: Survey) -> float:
    types = types_of(node)
    kinds = (_STORIES, _RECORDINGS, _PAGES)
    kind = next((3 - place for place, ends in enumerate(kinds) if any(name.endswith(ends) for name in types)), 0)
    if not kind:
        return 0
    values = (node.get(key) for key in ("url", "mainEntityOfPage", "@id"))
    named = {address_key(text) for value in values for text in _addresses(value, nodes)}
    named.discard("")
    if named & survey.addresses:
        return kind + _NAMED
    return kind - _NAMED if named and kind > 1 else kind


def _addresses(value: Json, nodes: Nodes) -> Iterator[str]:
    for item in nodes.listed(value):
        texts = (item.get("@id"), item.get("url")) if isinstance(item, dict) else (item,)
        yield from (text for text in texts if isinstance(text, str) and "/" in text)


class _Reader:
    """Reads one node's properties as candidates."""

    def __init__(self, node: Node, nodes: Nodes, source: str) -> None:
        self.node = node
        self.nodes = nodes
        self.where = f"{source} {next(iter(types_of(node)), 'Thing')}"

    def draft(self, url: str) -> Draft:
        is_page = self.where.endswith(_PAGES)
        return Draft(
            url=url,
            titles=self._texts("name") if is_page else self._texts("headline", "name", "alternativeHeadline"),
            summaries=self._texts("description", "abstract"),
            published=self._dates("datePublished", "uploadDate", "dateCreated"),
            updated=self._dates("dateModified"),
            images=tuple(self._images("image", "primaryImageOfPage", "thumbnailUrl", "thumbnail")),
            authors=tuple(self._authors("author", "creator")),
            tags=tuple(self._tags("keywords", "about", "mentions")) + self._sections_as_tags(),
            sections=self._texts("articleSection"),
            languages=self._texts("inLanguage"),
            publishers=self._texts("publisher", "sourceOrganization"),
            free=tuple(self._flags(self.node)) + self._parts_flags(),
        )

    def _texts(self, *keys: str) -> tuple[Candidate[str], ...]:
        read = ((key, self.nodes.text(self.node.get(key))) for key in keys)
        return tuple(Candidate(text, f"{self.where}.{key}") for key, text in read if text)

    def _dates(self, *keys: str) -> tuple[Candidate[RawDate], ...]:
        return tuple(
            Candidate(item, f"{self.where}.{key}")
            for key in keys
            for item in self.nodes.listed(self.node.get(key))
            if isinstance(item, str | int | float) and not isinstance(item, bool)
        )

    def _flags(self, node: Node) -> Iterator[Candidate[str | bool]]:
        for item in self.nodes.listed(node.get("isAccessibleForFree")):
            if isinstance(item, str | bool):
                yield Candidate(item, f"{self.where}.isAccessibleForFree")

    def _parts_flags(self) -> tuple[Candidate[str | bool], ...]:
        """What the parts of a story say, where the story itself says nothing: a part that costs stands first."""
        parts = [part for part in self.nodes.listed(self.node.get("hasPart")) if isinstance(part, dict)]
        flags = [flag for part in parts for flag in self._flags(part)]
        return tuple(sorted(flags, key=lambda flag: str(flag.value).rpartition("/")[2].casefold() != "false"))

    def _tags(self, *keys: str) -> Iterator[Candidate[tuple[str, ...]]]:
        for key in keys:
            if texts := tuple(self.nodes.texts(self.node.get(key))):
                yield Candidate(texts, f"{self.where}.{key}")

    def _sections_as_tags(self) -> tuple[Candidate[tuple[str, ...]], ...]:
        """A run of sections is a story's tags; a single one is where it stands."""
        sections = tuple(self.nodes.texts(self.node.get("articleSection")))
        return (Candidate(sections, f"{self.where}.articleSection"),) if len(sections) >= _RUN else ()

    def _authors(self, *keys: str) -> Iterator[Candidate[tuple[RawPerson, ...]]]:
        for key in keys:
            if people := tuple(self._people(self.node.get(key))):
                yield Candidate(people, f"{self.where}.{key}")

    def _people(self, value: Json) -> Iterator[RawPerson]:
        for item in self.nodes.listed(value):
            if isinstance(item, str):
                yield RawPerson(item)
            elif isinstance(item, dict):
                kind = next(iter(types_of(item)), None)
                names = list(self.nodes.texts(item.get("name"))) or [_full_name(item)]
                url = self.nodes.text(item.get("url")) if len(names) == 1 else None
                yield from (RawPerson(name, url, kind) for name in names if name)

    def _images(self, *keys: str) -> Iterator[Candidate[RawImage]]:
        for key in keys:
            for item in self.nodes.listed(self.node.get(key)):
                if image := self._image(item):
                    yield Candidate(image, f"{self.where}.{key}")

    def _image(self, item: Json) -> RawImage | None:
        if isinstance(item, str):
            return RawImage(item)
        if not isinstance(item, dict):
            return None
        urls = (_address(item.get(key)) for key in ("contentUrl", "url", "@id", "thumbnailUrl"))
        url = next(filter(None, urls), None)
        if url is None:
            return None
        text = self.nodes.text
        return RawImage(
            url,
            _size(item.get("width")),
            _size(item.get("height")),
            alt=text(item.get("alternateName")) if item.get("name") else None,
            caption=text(item.get("caption")) or text(item.get("description")),
            credit=next((c for key in _CREDITS if (c := text(item.get(key)))), None),
            type=text(item.get("encodingFormat")) or text(item.get("fileFormat")),
        )


_CREDITS = ("creditText", "copyrightNotice", "creator", "author", "copyrightHolder")


def _full_name(item: Node) -> str:
    return " ".join(part for key in ("givenName", "familyName") if isinstance(part := item.get(key), str))


def _address(value: Json) -> str | None:
    """A picture's address, which may stand in a list or a node of its own; references within the page are none."""
    while isinstance(value, list | dict):
        value = (value.get("@id") or value.get("url")) if isinstance(value, dict) else next(iter(value), None)
    return value if isinstance(value, str) and value.strip() and "#" not in value[-40:] else None


def _size(value: Json) -> str | int | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("value") or value.get("@value")
    if isinstance(value, float):
        return int(value) if 0 < value < 1e6 else None
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None
