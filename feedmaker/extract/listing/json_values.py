"""What the objects of JSON interfaces call the fields of an entry, and the texts in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedmaker.extract.listing.documents import Json
from feedmaker.model import Candidate, Draft, RawDate, RawImage, RawPerson

# The names that interfaces give to a field, the surest first; compared in lower case without - and _.
NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "canonicalurl", "weburl", "link", "permalink", "href", "pageurl", "shareurl", "uri", "path"),
    "title": ("title", "headline", "name", "heading"),
    "summary": ("summary", "description", "excerpt", "abstract", "teaser", "standfirst", "subtitle", "lead", "dek"),
    "content": ("contenthtml", "content", "articlebody", "bodyhtml"),
    "published": (
        "dategmt",
        "datepublished",
        "publishedat",
        "published",
        "publicationdate",
        "pubdate",
        "publishdate",
        "firstpublished",
        "date",
        "createdat",
        "created",
        "timestamp",
    ),
    "updated": ("modifiedgmt", "datemodified", "updatedat", "updated", "modifiedat", "modified", "lastmodified"),
    "image": ("image", "leadimage", "featuredimage", "thumbnail", "picture", "photo", "imageurl", "images"),
    "authors": ("authors", "author", "byline", "creator"),
    "tags": ("tags", "keywords", "topics"),
}
# Where a value stands when a field holds an object: {"rendered": "A headline"}, {"src": "/a.jpg", "width": 800}.
INNER = ("rendered", "url", "src", "href", "contenturl", "sourceurl", "name", "title", "text", "value", "label")


def draft_of(entry: Mapping[str, Json], url: str) -> Draft:
    """What an object offers for an entry, by the names of its keys."""
    entry = {**entry, **_embedded(entry)}
    values = {name: named(entry, name) for name in NAMES}
    images = [RawImage(text, *_size(value)) for value in each(values["image"]) if (text := text_of(value))]
    people = tuple(RawPerson(text) for value in each(values["authors"]) if (text := text_of(value)))
    words = tuple(word.strip() for value in each(values["tags"]) for word in (text_of(value) or "").split(","))
    return Draft(
        url=url,
        titles=_texts(values["title"], "title"),
        summaries=_texts(values["summary"], "summary"),
        contents=_texts(values["content"], "content"),
        published=_dates(entry, "published"),
        updated=_dates(entry, "updated"),
        images=tuple(Candidate(image, "json image") for image in images),
        authors=(Candidate(people, "json authors"),) if people else (),
        tags=(Candidate(words, "json tags"),) if words else (),
    )


def named(entry: Mapping[str, Json], name: str) -> Json:
    """The value that an object holds for a field; None if it has none."""
    key = _key(entry, name)
    return entry[key] if key is not None else None


def _key(entry: Mapping[str, Json], name: str) -> str | None:
    keys = {key.lower().replace("_", "").replace("-", ""): key for key in entry}
    found = (keys[known] for known in NAMES[name] if known in keys)
    return next((key for key in found if entry[key] not in (None, "", [], {})), None)


def _embedded(entry: Mapping[str, Json]) -> Mapping[str, Json]:
    """What the REST interface of WordPress embeds on request (``_embed``) for the numbers that a post itself holds."""
    embedded = entry.get("_embedded")
    if not isinstance(embedded, dict):
        return {}
    terms = embedded.get("wp:term")
    tags = [term for group in each(terms) for term in each(group) if isinstance(term, dict)]
    return {
        "author": embedded.get("author"),
        "tags": [term for term in tags if term.get("taxonomy") == "post_tag"],
        "image": embedded.get("wp:featuredmedia"),
    }


def text_of(value: Json) -> str | None:
    """The text of a value: itself, or what an object holds as its text or address."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return next((text for each_value in value if (text := text_of(each_value))), None)
    if isinstance(value, dict):
        keys = {key.lower().replace("_", ""): key for key in value}
        texts = (value[keys[name]] for name in INNER if name in keys)
        return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), None)
    return None


def each(value: Json) -> Iterator[Json]:
    """The values of a list, or the value itself."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def _texts(value: Json, name: str) -> tuple[Candidate[str], ...]:
    text = text_of(value)
    return (Candidate(text, f"json {name}"),) if text else ()


def _dates(entry: Mapping[str, Json], name: str) -> tuple[Candidate[RawDate], ...]:
    key = _key(entry, name)
    if key is None:
        return ()
    value = entry[key]
    raw = value if isinstance(value, int | float) and not isinstance(value, bool) else text_of(value)
    if isinstance(raw, str) and key.lower().endswith("gmt"):
        raw += "Z"  # the name of the key is the only mark of its zone
    return (Candidate(raw, f"json {key}"),) if raw is not None else ()


def _size(value: Json) -> tuple[str | int | None, str | int | None]:
    if not isinstance(value, dict):
        return None, None
    width, height = value.get("width"), value.get("height")
    return (
        width if isinstance(width, int | str) else None,
        height if isinstance(height, int | str) else None,
    )
