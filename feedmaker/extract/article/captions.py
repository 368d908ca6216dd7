"""What a page says beneath a picture: its caption, and who is to be credited."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.extract.article.survey import shown_text

_CAPTION = re.compile(
    r"caption|desc|legend|bildtext|bildunterschrift|didascalia|pie-?foto|untertitel|cutline", re.IGNORECASE
)
_CREDIT = re.compile(
    r"credit|copyright|source|quelle|foto(?:graf)?$|photo-?(?:by|credit|grapher)|author|autor|agency", re.IGNORECASE
)
_CREDITED = re.compile(
    r"\s*[(\[|·•-]?\s*((?:©|\(c\)|&copy;|(?:fotos?|photos?|bild(?:er)?|image|picture|credit|source|quelle"
    r"|crédit(?: photo)?|foto di"
    r"|фото|写真|撮影|photograph|photographer|illustration)\s?[:/：]).{2,90})$",
    re.IGNORECASE,
)
_UP = 4  # ancestors within which a caption stands by its picture
_LONGEST = 1_000  # characters of a caption


def caption_of(image: HtmlElement) -> tuple[str | None, str | None]:
    """The caption and the credit of a picture, both None where the page has neither."""
    figure = next((e for e in islice(image.iterancestors(), 12) if e.tag == "figure"), None)
    holders = [figure] if figure is not None else list(islice(image.iterancestors(), _UP))
    for holder in holders:
        if holder.tag in ("body", "html", "article", "main") or _holds_more(holder, image):
            break
        caption, credit = _within(holder)
        if caption or credit:
            return _parted(caption, credit)
    return None, None


def _holds_more(holder: HtmlElement, image: HtmlElement) -> bool:
    """Whether there is another picture or a headline in it, so that its texts may be about that."""
    others = (e for e in holder.iter("img", "h1", "h2") if e is not image)
    return holder.tag != "figure" and next(others, None) is not None


def _within(holder: HtmlElement) -> tuple[str | None, str | None]:
    caption = credit = None
    for element in islice(holder.iter("*"), 60):
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''}".strip()
        if credit is None and name and _CREDIT.search(name):
            credit = _text(element)
        elif caption is None and (element.tag == "figcaption" or (name and _CAPTION.search(name))):
            caption = _text(element)
    return caption, credit


def _text(element: HtmlElement) -> str | None:
    text = shown_text(element)
    return text if 0 < len(text) <= _LONGEST else None


def _parted(caption: str | None, credit: str | None) -> tuple[str | None, str | None]:
    """A caption without the credit at its end, and that credit."""
    if caption and credit and caption != credit:
        whole, part = (caption, credit) if len(caption) > len(credit) else (credit, caption)
        rest = whole.replace(part, "").strip(" |-–—") or None
        return (rest, credit) if whole is caption else (caption, rest)
    if caption and (match := _CREDITED.search(caption)):
        return caption[: match.start()].rstrip(" (|·-") or None, match[1].rstrip(") ]")
    return (None if caption == credit else caption), credit
