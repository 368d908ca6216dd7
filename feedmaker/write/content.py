"""What a reader shows of an entry: its text or summary as HTML, with the lead picture on top."""

from __future__ import annotations

from html import escape, unescape

from feedmaker.model import Entry, Image


def content_html(entry: Entry) -> str:
    """The entry's own HTML, or its summary as one paragraph; the lead picture first unless the text has it already."""
    body = entry.content_html or paragraphs(entry.summary or "")
    lead = entry.images[0] if entry.images else None
    if lead is None or _shows(body, entry.images):
        return body
    return figure(lead) + body


def paragraphs(plain: str) -> str:
    """Plain text as HTML: one ``<p>`` for each run of lines."""
    return "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in plain.split("\n\n") if part.strip())


def figure(image: Image) -> str:
    """A picture with its caption and credit.

    Attributes are those that readers keep and the W3C validator knows: no ``loading``, ``srcset`` or ``style``.
    """
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    picture = f'<img src="{escape(image.url)}" alt="{escape(image.alt or "")}"{size}>'
    words = " ".join(word for word in (image.caption, image.credit) if word)
    caption = f"<figcaption>{escape(words, quote=False)}</figcaption>" if words else ""
    return f"<figure>{picture}{caption}</figure>"


def _shows(body: str, images: tuple[Image, ...]) -> bool:
    if "<img" not in body:
        return False
    plain = unescape(body)
    return any(image.url in plain for image in images)
