"""Candidates for the lead picture from the page's body: the first real pictures around the story's opening."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.extract.article.captions import caption_of
from feedmaker.extract.article.furniture import is_furniture
from feedmaker.extract.article.picture_address import rendition_of
from feedmaker.extract.article.survey import Survey, address_key
from feedmaker.model import Candidate, Draft, RawImage

_MANY = 40  # pictures that are looked at on each side of the headline
_SMALL = 150  # pixels below which a picture is an icon or a portrait
_RATIO = 20  # sizes up to this are the terms of a ratio
_ICONS = re.compile(
    r"logo|icon|avatar|author|autor|portrait|profile|placeholder|pixel|spacer|blank|badge|emoji|sprite|flag",
    re.IGNORECASE,
)
_VIDEO = re.compile(r"(?:^|[\s_-])(?:video|player|jw-?player|brightcove)(?:$|[\s_-])", re.IGNORECASE)
_UP = 5  # ancestors among which a picture's link and its video are looked for
_ENLARGED = re.compile(
    r"\.(?:jpe?g|png|webp|avif|gif)\b|/(?:galer|galler|bilder|photo|foto|image|diapo|media)", re.IGNORECASE
)
_IMAGES = 400  # of the page that are looked at
_FOUND = 3  # pictures of the body that are worth a candidate


def extract(survey: Survey) -> Draft:
    """Read the pictures between headline and text, the last ones before the headline, then those in the text.

    Pages that set their lead picture across all columns show it above what holds the story. What stands there is often
    of other stories, so it counts only where it is also declared (lead.py).
    """
    inside = [image for image in islice(survey.story.iter("img"), _IMAGES) if image in survey.places]
    own = ((image, where) for image, where in _in_order(inside, survey) if _is_of_story(image, survey))
    found = [*islice(_read(own), _FOUND), *islice(_read(_above(survey)), _FOUND)]
    return Draft(survey.page.url, images=tuple(found))


def _read(images: Iterable[tuple[HtmlElement, str]]) -> Iterator[Candidate[RawImage]]:
    return (Candidate(raw, f"img {where}") for image, where in images if (raw := _picture(image)))


def _above(survey: Survey) -> Iterator[tuple[HtmlElement, str]]:
    if survey.headline is None or survey.story is survey.page.tree:
        return
    start = survey.places[survey.headline]
    for image in reversed([image for image in survey.images if survey.places[image] < start][-_MANY:]):
        if survey.story not in image.iterancestors():
            yield image, "above story"


def _in_order(inside: Sequence[HtmlElement], survey: Survey) -> Iterator[tuple[HtmlElement, str]]:
    start, end = survey.opening
    places = survey.places
    behind = [image for image in inside if places[image] > start]
    before = [image for image in inside if places[image] < start]
    yield from ((image, _still(image) or "in opening") for image in behind[:_MANY] if places[image] < end)
    yield from ((image, "above headline") for image in reversed(before[-_MANY:]))
    yield from ((image, "in text") for image in behind[:_MANY] if places[image] > end)


def _still(image: HtmlElement) -> str | None:
    """What to call a video's still, which may show the moderator or nothing of the story; None for a picture."""
    around = islice(image.iterancestors(), _UP)
    return "of video" if any(_VIDEO.search(e.get("class") or "") for e in around) else None


def _is_of_story(image: HtmlElement, survey: Survey) -> bool:
    return not is_furniture(image, survey.around) and not _leads_elsewhere(image, survey)


def _picture(image: HtmlElement) -> RawImage | None:
    width, height = _size(image.get("width")), _size(image.get("height"))
    if max(width, height) <= _RATIO and (width, height) != (1, 1):
        width = height = 0  # 16 x 9 is a shape
    if 0 < min(width or _SMALL, height or _SMALL) < _SMALL:
        return None
    if _ICONS.search(f"{image.get('class', '')} {image.get('id', '')}"):
        return None
    rendition = rendition_of(image)
    if rendition is None:
        return None
    caption, credit = caption_of(image)
    if rendition.width:
        height = rendition.width * height // width if width and height else 0
        width = rendition.width
    return RawImage(rendition.url, width or None, height or None, image.get("alt"), caption, credit)


def _leads_elsewhere(image: HtmlElement, survey: Survey) -> bool:
    """Whether a picture links another page, as teasers do; a link to the picture itself only enlarges it."""
    href = next((a.get("href") or "" for a in islice(image.iterancestors(), _UP) if a.tag == "a"), "")
    if not href or href.startswith(("#", "javascript:", "data:")) or _ENLARGED.search(href):
        return False
    return address_key(href) not in survey.addresses


def _size(text: str | None) -> int:
    """Pixels; 0 for what is no number of them, such as a share of the width."""
    text = (text or "").strip().removesuffix("px")
    return int(text) if text.isdecimal() and len(text) < 6 else 0
