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
# The same for what has a name of its own besides an address: {"name": "Ann Lee", "url": "/people/ann-lee"}.
CALLED = ("rendered", "name", "title", "text", "label", "value", "displayname", "fullname", "byline")
_FARTHEST = 10**15  # milliseconds: numbers beyond it are no dates


def draft_of(entry: Mapping[str, Json], url: str) -> Draft:
    """What an object offers for an entry, by the names of its keys."""
    entry = {**entry, **_embedded(entry)}
    values = {name: named(entry, name) for name in NAMES}
    images = [_image(text, value) for value in each(values["image"]) if (text := text_of(value))]
    people = tuple(RawPerson(name, _page_of(value)) for value in each(values["authors"]) if (name := name_of(value)))
    words = tuple(word.strip() for value in each(values["tags"]) for word in (name_of(value) or "").split(","))
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
    return _text(value, INNER)


def name_of(value: Json) -> str | None:
    """What a value is called: itself, or what an object holds as its name or text."""
    return _text(value, CALLED)


def _text(value: Json, names: tuple[str, ...]) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return next((text for inner in value if not isinstance(inner, list) and (text := _text(inner, names))), None)
    if isinstance(value, dict):
        keys = {key.lower().replace("_", ""): key for key in value}
        texts = (value[keys[name]] for name in names if name in keys)
        return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), None)
    return None


def _page_of(person: Json) -> str | None:
    """A person's page, where an object names one; ``link`` is WordPress' word for it, whose ``url`` leads elsewhere."""
    addresses = [person.get(name) for name in ("link", "url", "href")] if isinstance(person, dict) else []
    return next((each for each in addresses if isinstance(each, str) and each), None)


def each(value: Json) -> Iterator[Json]:
    """The values of a list, or the value itself."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def _texts(value: Json, name: str) -> tuple[Candidate[str], ...]:
    text = name_of(value) or text_of(value)
    return (Candidate(text, f"json {name}"),) if text else ()


def _dates(entry: Mapping[str, Json], name: str) -> tuple[Candidate[RawDate], ...]:
    key = _key(entry, name)
    if key is None:
        return ()
    value = entry[key]
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FARTHEST
    raw = value if isinstance(value, int | float) and is_number else text_of(value)
    if isinstance(raw, str) and key.lower().endswith("gmt"):
        raw += "Z"  # the name of the key is the only mark of its zone
    return (Candidate(raw, f"json {key}"),) if raw is not None else ()


def _image(url: str, value: Json) -> RawImage:
    if not isinstance(value, dict):
        return RawImage(url)
    details = value.get("media_details")  # where WordPress has the size
    sizes = details if isinstance(details, dict) else value
    width, height = (size if isinstance(size := sizes.get(name), int | str) else None for name in ("width", "height"))
    words = (
        text if isinstance(text := value.get(name), str) else None for name in ("alt", "alt_text", "caption", "credit")
    )
    alt, alt_text, caption, credit = words
    return RawImage(url, width, height, alt=alt or alt_text or None, caption=caption, credit=credit)
