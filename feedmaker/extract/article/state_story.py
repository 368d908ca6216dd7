"""A story's object in a page's state, whatever its publishing system calls things, to candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from feedmaker.extract.article.json_text import Json
from feedmaker.extract.article.nodes import Node
from feedmaker.model import Candidate, Draft, RawDate, RawImage, RawPerson

T = TypeVar("T")

TITLES = ("headline", "title", "name", "headlines", "webTitle", "pageTitle", "Title", "articleTitle")

# Names of properties, squeezed, the most telling first.
_PUBLISHED = (
    "datepublished",
    "publishedat",
    "firstpublishdate",
    "firstpublished",
    "firstpublishedat",
    "publishdate",
    "publisheddate",
    "publishedtime",
    "publicationdate",
    "publishedon",
    "displaydate",
    "published",
    "pubdate",
    "publicationtime",
)
_UPDATED = ("datemodified", "updatedat", "modifiedat", "lastupdateddate", "lastmodified", "lastupdated", "modifieddate")
_AUTHORS = ("authors", "author", "bylines", "byline", "writers", "contributors", "creators", "credits", "authorline")
_TAGS = ("tags", "keywords", "topics", "taxonomy")
_SECTIONS = ("primarysection", "section", "category", "channel", "taxonomy")
_SUMMARIES = ("description", "summary", "standfirst", "subheadline", "subheadlines", "excerpt", "teasertext", "deck")
_IMAGES = (
    "heroimage",
    "leadimage",
    "mainimage",
    "featuredimage",
    "coverimage",
    "promoitems",
    "leadart",
    "image",
    "images",
)
_NAMES = ("by", "name", "displayname", "fullname", "title", "label", "text", "value", "byline", "basic", "tags")
_ADDRESSES = ("url", "src", "contenturl", "href")
_DEEP, _MANY = 4, 60  # levels and items of a property that are read


def draft_of(story: Node, url: str) -> Draft:
    """What a story's object offers."""
    named = {_squeezed(key): (key, value) for key, value in story.items()}

    def each(keys: tuple[str, ...], read: Callable[[Json], T | None]) -> tuple[Candidate[T], ...]:
        found = ((named[key][0], read(named[key][1])) for key in keys if key in named)
        return tuple(Candidate(value, f"state .{name}") for name, value in found if value)

    return Draft(
        url,
        summaries=each(_SUMMARIES, lambda value: next(_texts(value), None)),
        published=each(_PUBLISHED, _date),
        updated=each(_UPDATED, _date),
        images=each(_IMAGES, _image),
        authors=each(_AUTHORS, lambda value: tuple(_people(value))),
        tags=each(_TAGS, lambda value: tuple(_texts(value))),
        sections=each(_SECTIONS, _section),
        languages=each(("language", "locale", "lang"), lambda value: next(_texts(value), None)),
    )


def _squeezed(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _get(node: Node, keys: tuple[str, ...]) -> Json:
    """The first property that holds something, whatever the spelling of its name."""
    named = {_squeezed(key): value for key, value in node.items()}
    return next((named[key] for key in keys if named.get(key)), None)


def _date(value: Json) -> RawDate | None:
    if isinstance(value, dict):
        value = next((v for v in value.values() if isinstance(v, str | int)), None)
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _texts(value: Json, depth: int = 0) -> Iterator[str]:
    """The texts of a value, or the names of what it lists."""
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list) and depth < _DEEP:
        for item in value[:_MANY]:
            yield from _texts(item, depth + 1)
    elif isinstance(value, dict) and depth < _DEEP:
        yield from _texts(_get(value, _NAMES), depth + 1)


def _people(value: Json, depth: int = 0) -> Iterator[RawPerson]:
    if isinstance(value, list) and depth < _DEEP:
        for item in value[:_MANY]:
            yield from _people(item, depth + 1)
    elif isinstance(value, dict) and depth < _DEEP:
        inner = _get(value, _NAMES)
        if isinstance(inner, str):
            url = _get(value, ("url", "href", "link"))
            yield RawPerson(inner, url if isinstance(url, str) else None)
        else:
            yield from _people(inner, depth + 1)
    elif isinstance(value, str) and value.strip():
        yield RawPerson(value)


def _section(value: Json) -> str | None:
    if isinstance(value, dict):
        value = _get(value, ("primarysection", "name", "title", "label", "text"))
    return next(_texts(value), None)


def _image(value: Json, depth: int = 0) -> RawImage | None:
    if isinstance(value, str):
        return RawImage(value) if "/" in value else None
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict) or depth > _DEEP:
        return None
    url = _get(value, _ADDRESSES)
    if not isinstance(url, str):
        return _image(_get(value, ("basic", "image", "leadart", "original", "default")), depth + 1)
    width, height = (_size(_get(value, (side,))) for side in ("width", "height"))
    alt, caption, credit = (
        next(_texts(_get(value, keys)), None)
        for keys in (("alttext", "alt"), ("caption", "description"), ("credit", "credits", "copyright", "source"))
    )
    return RawImage(url, width, height, alt, caption, credit)


def _size(value: Json) -> str | int | None:
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None
