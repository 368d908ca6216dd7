"""A feed that exists already: RSS and Atom by feedparser, JSON Feed as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from feedmaker.extract.listing.documentrules import html_record, ruled_items
from feedmaker.extract.listing.documents import Json, json_of, root_text
from feedmaker.extract.listing.json_feed import is_json_feed, json_feed_entries, run_of, text_at
from feedmaker.model import Candidate, Draft, How, ListingDraft, ListingRules, Page, RawImage, RawPerson

ROOTS = frozenset(("rss", "feed", "rdf"))
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
XML = "application/xml; charset=utf-8"


def read_feed(page: Page, rules: ListingRules) -> ListingDraft | None:
    """A feed's entries as items; None for a page that is no feed.

    Selectors of field rules look into the HTML that an entry holds. Raises RuleMatchesNothing for a rule that nothing
    in the feed answers to.
    """
    document = json_of(page)
    if isinstance(document, dict) and is_json_feed(document):
        if _reaches_into_json(rules):
            return None
        return _json_feed(page, document, rules)
    content = root_text(page.text, ROOTS)
    return _xml_feed(page, content, rules) if content else None


def _reaches_into_json(rules: ListingRules) -> bool:
    """Whether a person reads a JSON Feed as any other JSON, by paths of their own."""
    selectors = (selector for rule in rules.fields.values() for selector in rule.selectors)
    return bool(rules.items and rules.items.is_json) or any(selector.is_json for selector in selectors)


def _xml_feed(page: Page, content: bytes, rules: ListingRules) -> ListingDraft | None:
    import feedparser

    # Bytes would be taken for the name of a file first; what the server says of the encoding has been weighed already.
    headers = {"content-type": XML, "content-location": page.url}
    try:
        parsed = feedparser.parse(BytesIO(content), response_headers=headers)
    except ValueError:  # feedparser 6.0 fails on a namespace that holds a space
        return None
    if not parsed.version and not parsed.entries:
        return None  # an element of another language that is called <feed>
    channel = parsed.feed
    drafts = [draft for entry in parsed.entries if (draft := _entry(entry)).url]
    nexts = [link["href"] for link in channel.get("links", ()) if link.get("rel") == "next" and link.get("href")]
    names = (channel.get("title"), channel.get("subtitle"), channel.get("language"))
    listing = _listing(page, drafts, rules, names, next(iter(nexts), None), "feed")
    return replace(listing, homes=run_of(channel.get("link"), "feed link"), icons=_icons(channel))


def _icons(channel: Mapping[str, Any]) -> tuple[Candidate[RawImage], ...]:
    picture = channel.get("image", {})
    url = picture.get("href")
    return (Candidate(RawImage(url, picture.get("width"), picture.get("height")), "feed image"),) if url else ()


def _entry(parsed: Mapping[str, Any]) -> Draft:
    entry = dict(parsed)  # feedparser's own mapping gives the publication for an update that is not there
    summary, contents = _texts(entry)
    people = tuple(
        RawPerson(person["name"], person.get("href"), "Person")
        for person in entry.get("authors", ())
        if person.get("name")
    )
    tags = tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term"))
    updated = run_of(entry.get("updated"), "feed updated")
    return Draft(
        url=_address(entry),
        titles=run_of(entry.get("title"), "feed title"),
        summaries=run_of(summary, "feed summary"),
        contents=tuple(Candidate(content, "feed content") for content in contents),
        # RSS 1.0 and many an Atom feed have no other date; feedparser calls dc:date an update.
        published=(*run_of(entry.get("published"), "feed published"), *updated),
        updated=(*updated,),
        images=tuple(Candidate(image, where) for image, where in _pictures(parsed)),
        authors=(Candidate(people, "feed author"),) if people else (),
        tags=(Candidate(tags, "feed category"),) if tags else (),
        languages=run_of(entry.get("language"), "feed language"),
    )


def _address(entry: Mapping[str, Any]) -> str:
    """The page of an entry; its id where that is an address, or what it encloses: some podcasts have nothing else."""
    enclosed = (link.get("href") for link in entry.get("links", ()) if link.get("rel") == "enclosure")
    id_ = entry.get("id") or ""
    offered = (entry.get("feedburner_origlink"), entry.get("link"), id_ if id_.startswith("http") else "", *enclosed)
    return next((each for each in offered if each), "")


def _texts(entry: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    """The summary and the contents, the longest first.

    feedparser gives the content for a summary that is not there, and takes a description that follows the content for
    another content: of several texts the shortest is the summary.
    """
    summary = entry.get("summary") or None
    values = [value for content in entry.get("content", ()) if (value := content.get("value"))]
    contents = sorted(dict.fromkeys(values), key=len, reverse=True)
    if summary in contents and len(contents) > 1:
        summary = contents.pop()
    return summary, tuple(contents)


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


def _json_feed(page: Page, document: Mapping[str, Json], rules: ListingRules) -> ListingDraft:
    names = (text_at(document, "title"), text_at(document, "description"), text_at(document, "language"))
    drafts = list(json_feed_entries(document))
    listing = _listing(page, drafts, rules, names, text_at(document, "next_url"), "JSON Feed")
    return replace(listing, homes=run_of(text_at(document, "home_page_url"), "JSON Feed home_page_url"))


def _listing(
    page: Page,
    drafts: Sequence[Draft],
    rules: ListingRules,
    names: tuple[str | None, str | None, str | None],
    following: str | None,
    kind: str,
) -> ListingDraft:
    title, summary, language = names
    records = [html_record(draft) for draft in drafts]
    return ListingDraft(
        page.url,
        How(kind, 1.0 if drafts else 0.0, "" if drafts else f"a {kind} without entries"),
        items=ruled_items(records, rules, page),
        titles=run_of(title, f"{kind} title"),
        summaries=run_of(summary, f"{kind} description"),
        languages=run_of(language, f"{kind} language"),
        nexts=run_of(following, f"{kind} next"),
    )
