"""Candidates for the lead picture from the page's body: the first real picture around the story's opening."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_furniture
from feedmaker.extract.article.picture_address import address_of
from feedmaker.extract.article.survey import Survey, text_of
from feedmaker.model import Candidate, Draft, RawImage

_MANY = 40  # pictures that are looked at on each side of the headline
_SMALL = 150  # pixels below which a picture is an icon or a portrait
_ICONS = re.compile(
    r"logo|icon|avatar|author|autor|portrait|profile|placeholder|pixel|spacer|blank|badge|emoji|sprite|flag",
    re.IGNORECASE,
)
_FOUND = 3  # pictures of the body that are worth a candidate


def extract(survey: Survey) -> Draft:
    """Read the pictures between headline and text, then those in the text, then the last ones before the headline."""
    found = []
    for image, where in _in_order(survey):
        if raw := _picture(image, survey):
            found.append(Candidate(raw, f"img {where}"))
        if len(found) >= _FOUND:
            break
    return Draft(survey.page.url, images=tuple(found))


def _in_order(survey: Survey) -> Iterator[tuple[HtmlElement, str]]:
    start, end = survey.opening
    places = survey.places
    story = {survey.story}
    inside = [image for image in survey.images if not story.isdisjoint(image.iterancestors())]
    behind = [image for image in inside if places[image] > start]
    before = [image for image in inside if places[image] < start]
    yield from ((image, "in opening") for image in behind[:_MANY] if places[image] < end)
    yield from ((image, "above headline") for image in reversed(before[-_MANY:]))
    yield from ((image, "in text") for image in behind[:_MANY] if places[image] > end)


def _picture(image: HtmlElement, survey: Survey) -> RawImage | None:
    width, height = image.get("width"), image.get("height")
    if _is_small(width) or _is_small(height) or is_furniture(image, survey.story):
        return None
    if _ICONS.search(" ".join((image.get("class", ""), image.get("id", ""), image.get("src", "")[-80:]))):
        return None
    url = address_of(image)
    if not url:
        return None
    return RawImage(url, width, height, alt=image.get("alt"), caption=_caption(image))


def _is_small(size: str | None) -> bool:
    return bool(size and size.strip().removesuffix("px").isdigit() and int(size.strip().removesuffix("px")) < _SMALL)


def _caption(image: HtmlElement) -> str | None:
    figure = next(image.iterancestors("figure"), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None else None
    return text_of(caption) if caption is not None else None
