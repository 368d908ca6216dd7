"""schema.org nodes, from whichever syntax, to candidates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from feedmaker.extract.article.json_text import Json
from feedmaker.model import Candidate, Draft, RawDate, RawImage, RawPerson

Node: TypeAlias = "dict[str, Json]"


def top_nodes(value: Json, depth: int = 0) -> Iterator[Node]:
    """The nodes of a block: its own, those of its lists and graphs, and what they are about."""
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value:
            yield from top_nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from top_nodes(value.get(key), depth + 1)


def types_of(node: Node) -> list[str]:
    """The names of a node's types without the vocabulary's address."""
    return [text.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for text in _texts(node.get("@type"))]


def is_article(node: Node) -> bool:
    """Whether a node describes a story."""
    return any(name.endswith(("Article", "Posting", "Report", "Review")) for name in types_of(node))


def draft_of(nodes: list[Node], source: str, url: str) -> Draft:
    """The candidates that the article among nodes offers."""
    article = next((node for node in nodes if is_article(node)), None)
    if article is None:
        return Draft(url=url)
    where = f"{source} {types_of(article)[0]}"
    return Draft(
        url=url,
        titles=_candidates(article, where, "headline", "name"),
        summaries=_candidates(article, where, "description"),
        published=_dates(article, where, "datePublished", "dateCreated"),
        updated=_dates(article, where, "dateModified"),
        images=tuple(Candidate(image, f"{where}.image") for image in _images(article.get("image"))),
        authors=tuple(
            Candidate(people, f"{where}.{key}")
            for key in ("author", "creator")
            if (people := tuple(_people(article.get(key))))
        ),
        tags=tuple(
            Candidate(tags, f"{where}.{key}")
            for key in ("keywords", "about", "mentions")
            if (tags := tuple(_texts(article.get(key))))
        ),
        sections=_candidates(article, where, "articleSection"),
        languages=_candidates(article, where, "inLanguage"),
        publishers=_candidates(article, where, "publisher"),
        free=tuple(
            Candidate(value, f"{where}.isAccessibleForFree")
            for value in (article.get("isAccessibleForFree"),)
            if isinstance(value, str | bool)
        ),
    )


def _candidates(node: Node, where: str, *keys: str) -> tuple[Candidate[str], ...]:
    return tuple(Candidate(texts[0], f"{where}.{key}") for key in keys if (texts := _texts(node.get(key))))


def _dates(node: Node, where: str, *keys: str) -> tuple[Candidate[RawDate], ...]:
    return tuple(Candidate(texts[0], f"{where}.{key}") for key in keys if (texts := _texts(node.get(key))))


def _texts(value: Json) -> list[str]:
    """The texts of a value: itself, its items, or the name of what it stands for."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return _texts(value.get("@value") or value.get("name") or value.get("headline"))
    return []


def _people(value: Json) -> Iterator[RawPerson]:
    if isinstance(value, str):
        yield RawPerson(value)
    elif isinstance(value, list):
        for item in value:
            yield from _people(item)
    elif isinstance(value, dict):
        kind = next(iter(types_of(value)), None)
        url = next(iter(_texts(value.get("url"))), None)
        for name in _texts(value.get("name")):
            yield RawPerson(name, url, kind)


def _images(value: Json) -> Iterator[RawImage]:
    if isinstance(value, str):
        yield RawImage(value)
    elif isinstance(value, list):
        for item in value:
            yield from _images(item)
    elif isinstance(value, dict):
        url = next(iter(_texts(value.get("url")) or _texts(value.get("contentUrl")) or _texts(value.get("@id"))), None)
        if url:
            yield RawImage(
                url,
                _size(value.get("width")),
                _size(value.get("height")),
                caption=next(iter(_texts(value.get("caption"))), None),
                credit=next(iter(_texts(value.get("creditText"))), None),
            )


def _size(value: Json) -> str | int | None:
    if isinstance(value, str | int):
        return value
    return None
