"""What a reader shows of an entry: its text or summary as HTML, with the lead picture on top."""

from __future__ import annotations

from html import escape, unescape
from urllib.parse import urlsplit

from feedmaker.model import Entry, Image
from feedmaker.write.markup import direction, escaped, paragraphs

_FROM_RIGHT, _END = '<div dir="rtl">', "</div>"


def content_html(entry: Entry) -> str:
    """The entry's own HTML, or its summary; the lead picture first unless the text shows it already.

    An entry that has nothing to show gives a link to itself, so that no reader or validator meets an empty text.
    What is written from right to left says so: on its page the whole document does, of which the text is only a part.
    """
    body = entry.content_html or paragraphs(entry.summary or "")
    lead = "" if not entry.images or _shows_any(body, entry.images) else figure(entry.images[0])
    html = lead + body or f'<p><a href="{escape(entry.url)}">{escaped(urlsplit(entry.url).netloc)}</a></p>'
    is_unmarked = direction(entry.language) == "rtl" and not html.startswith(_FROM_RIGHT)
    return f"{_FROM_RIGHT}{html}{_END}" if is_unmarked else html


def without_direction(html: str) -> str:
    """The text without the mark that it is written from right to left."""
    return html.removeprefix(_FROM_RIGHT).removesuffix(_END) if html.startswith(_FROM_RIGHT) else html


def figure(image: Image) -> str:
    """A picture with its caption and credit.

    Its attributes are those that every reader keeps; ``loading``, ``srcset`` and ``style`` are theirs to set. The class
    is the mark by which Feedly and readers after it know the lead picture of a text.
    """
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    picture = f'<img src="{escape(image.url)}" alt="{escape(image.alt or "")}"{size} class="webfeedsFeaturedVisual">'
    words = " ".join(word for word in (image.caption, image.credit) if word)
    caption = f"<figcaption>{escaped(words)}</figcaption>" if words else ""
    return f"<figure>{picture}{caption}</figure>"


def _shows_any(body: str, images: tuple[Image, ...]) -> bool:
    """Whether the text shows one of the pictures, in any size that its server scales it to."""
    if "<img" not in body:
        return False
    shown = unescape(body)
    return any(_without_scaling(image.url) in shown for image in images)


def _without_scaling(url: str) -> str:
    """The part of a picture's address that all its sizes share, if they differ in the query or the scheme alone."""
    parts = urlsplit(url)
    return f"//{parts.netloc}{parts.path}" if parts.path.count("/") > 1 or "." in parts.path else url
