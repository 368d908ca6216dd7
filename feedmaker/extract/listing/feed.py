"""A feed that exists already: RSS and Atom by feedparser, JSON Feed (jsonfeed.org, version 1.1) as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedmaker.extract.listing.documents import Json, json_of, local_name, xml_of
from feedmaker.model import Candidate, Draft, How, ListingDraft, ListingRules, Page, RawImage, RawPerson

ROOTS = {"rss", "feed", "rdf"}
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


def read_feed(page: Page, _rules: ListingRules) -> ListingDraft | None:
    """A feed's entries as items; None for a page that is no feed."""
    document = json_of(page)
    if isinstance(document, dict) and str(document.get("version", "")).startswith("https://jsonfeed.org/version/"):
        return _json_feed(page, document)
    root = xml_of(page)
    if root is None or local_name(root) not in ROOTS:
        return None
    return _xml_feed(page)


def _xml_feed(page: Page) -> ListingDraft:
    import feedparser

    parsed = feedparser.parse(page.content, response_headers={"content-location": page.url, **page.headers})
    channel = parsed.feed
    items = tuple(draft for entry in parsed.entries if (draft := _entry(entry)).url)
    return _listing(page, items, channel.get("title"), channel.get("subtitle"), channel.get("language"), "feed")


def _entry(parsed: Mapping[str, Any]) -> Draft:
    entry = dict(parsed)  # feedparser's own mapping gives the publication for an update that is not there
    contents = [content.get("value", "") for content in entry.get("content", ())]
    people = tuple(
        RawPerson(person["name"], person.get("href"), "Person")
        for person in entry.get("authors", ())
        if person.get("name")
    )
    tags = tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term"))
    return Draft(
        url=entry.get("link", ""),
        titles=_one(entry.get("title"), "feed title"),
        summaries=_one(entry.get("summary"), "feed summary"),
        contents=tuple(Candidate(content, "feed content") for content in contents if content),
        published=_one(entry.get("published"), "feed published"),
        updated=_one(entry.get("updated"), "feed updated"),
        images=tuple(Candidate(image, where) for image, where in _pictures(parsed)),
        authors=(Candidate(people, "feed author"),) if people else (),
        tags=(Candidate(tags, "feed category"),) if tags else (),
    )


def _pictures(entry: Mapping[str, Any]) -> list[tuple[RawImage, str]]:
    """Media RSS content, enclosures and thumbnails that are pictures, in this order."""
    found = [
        (RawImage(media["url"], media.get("width"), media.get("height"), type=media.get("type")), "feed media:content")
        for media in entry.get("media_content", ())
        if media.get("url") and _is_picture(media.get("type"), media.get("medium"), media["url"])
    ]
    found += [
        (RawImage(enclosure["href"], type=enclosure.get("type")), "feed enclosure")
        for enclosure in entry.get("enclosures", ())
        if enclosure.get("href") and _is_picture(enclosure.get("type"), None, enclosure["href"])
    ]
    found += [
        (RawImage(media["url"], media.get("width"), media.get("height")), "feed media:thumbnail")
        for media in entry.get("media_thumbnail", ())
        if media.get("url")
    ]
    return found


def _is_picture(type_: str | None, medium: str | None, url: str) -> bool:
    if type_ or medium:
        return (type_ or "").startswith("image/") or medium == "image"
    return url.lower().partition("?")[0].endswith(PICTURE_ENDINGS)


def _json_feed(page: Page, document: Mapping[str, Json]) -> ListingDraft:
    entries = document.get("items")
    items = tuple(
        _json_entry(entry)
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("url"), str)
    )
    return _listing(
        page, items, _text(document, "title"), _text(document, "description"), _text(document, "language"), "JSON Feed"
    )


def _json_entry(entry: Mapping[str, Json]) -> Draft:
    authors = entry.get("authors")
    people = tuple(
        RawPerson(name, _text(author, "url"), "Person")
        for author in (authors if isinstance(authors, list) else [])
        if isinstance(author, dict) and (name := _text(author, "name"))
    )
    tags = entry.get("tags")
    words = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    image = _text(entry, "image") or _text(entry, "banner_image")
    return Draft(
        url=str(entry["url"]),
        titles=_one(_text(entry, "title"), "JSON Feed title"),
        summaries=_one(_text(entry, "summary"), "JSON Feed summary"),
        contents=_one(_text(entry, "content_html"), "JSON Feed content_html"),
        published=_one(_text(entry, "date_published"), "JSON Feed date_published"),
        updated=_one(_text(entry, "date_modified"), "JSON Feed date_modified"),
        images=(Candidate(RawImage(image), "JSON Feed image"),) if image else (),
        authors=(Candidate(people, "JSON Feed authors"),) if people else (),
        tags=(Candidate(words, "JSON Feed tags"),) if words else (),
    )


def _listing(
    page: Page, items: tuple[Draft, ...], title: str | None, summary: str | None, language: str | None, kind: str
) -> ListingDraft:
    return ListingDraft(
        page.url,
        How(kind, 1.0 if items else 0.0, "" if items else f"a {kind} without entries"),
        items=items,
        titles=_one(title, f"{kind} title"),
        summaries=_one(summary, f"{kind} description"),
        languages=_one(language, f"{kind} language"),
    )


def _text(values: Mapping[str, Json], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _one(value: str | None, where: str) -> tuple[Candidate[Any], ...]:
    return (Candidate(value, where),) if value else ()
