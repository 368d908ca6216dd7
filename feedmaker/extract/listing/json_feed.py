"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from feedmaker.extract.listing.documents import Json
from feedmaker.model import Candidate, Draft, RawImage, RawPerson

VERSIONS = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


def is_json_feed(document: Json) -> bool:
    """Whether a JSON document says that it is a JSON Feed."""
    return isinstance(document, dict) and str(document.get("version", "")).startswith(VERSIONS)


def json_feed_entries(document: Mapping[str, Json]) -> Iterator[Draft]:
    """The entries that have an address: their ``url``, else the page elsewhere that they are about, else their id."""
    entries = document.get("items")
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        addresses = (text_at(entry, name) for name in ("url", "external_url", "id"))
        if url := next((each for each in addresses if each and each.startswith(("http", "/"))), None):
            yield _entry(entry, url)


def _entry(entry: Mapping[str, Json], url: str) -> Draft:
    people = tuple(_people(entry.get("authors") or [entry.get("author")]))
    tags = entry.get("tags")
    words = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    text = text_at(entry, "content_text")
    return Draft(
        url=url,
        titles=run_of(text_at(entry, "title"), "JSON Feed title"),
        summaries=run_of(text_at(entry, "summary"), "JSON Feed summary"),
        contents=run_of(text_at(entry, "content_html"), "JSON Feed content_html")
        + run_of(f"<p>{escape(text)}</p>" if text else None, "JSON Feed content_text"),
        published=tuple(run_of(text_at(entry, "date_published"), "JSON Feed date_published")),
        updated=tuple(run_of(text_at(entry, "date_modified"), "JSON Feed date_modified")),
        images=tuple(_images(entry)),
        authors=(Candidate(people, "JSON Feed authors"),) if people else (),
        tags=(Candidate(words, "JSON Feed tags"),) if words else (),
        languages=run_of(text_at(entry, "language"), "JSON Feed language"),
    )


def _people(authors: Json) -> Iterator[RawPerson]:
    for author in authors if isinstance(authors, list) else []:
        if isinstance(author, dict) and (name := text_at(author, "name")):
            yield RawPerson(name, text_at(author, "url"), "Person")


def _images(entry: Mapping[str, Json]) -> Iterator[Candidate[RawImage]]:
    for name in ("image", "banner_image"):
        if url := text_at(entry, name):
            yield Candidate(RawImage(url), f"JSON Feed {name}")
    attachments = entry.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else []:
        if isinstance(attachment, dict) and (url := text_at(attachment, "url")):
            type_ = text_at(attachment, "mime_type") or ""
            if type_.startswith("image/"):
                yield Candidate(RawImage(url, type=type_), "JSON Feed attachments")


def text_at(values: Mapping[str, Json], name: str) -> str | None:
    """The text of a field; None if there is none or it is something else."""
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None


def run_of(value: str | None, where: str) -> tuple[Candidate[str], ...]:
    """A run of the one candidate that there is, or of none."""
    return (Candidate(value, where),) if value else ()
