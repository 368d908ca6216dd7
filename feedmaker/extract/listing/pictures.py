"""The picture of an entry as its record shows it, whatever loads it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from feedmaker.model import Candidate, RawImage
from feedmaker.normalize.srcset import EMBEDDED, widest

PICTURE_TAGS = frozenset(("img", "amp-img", "video"))
_BACKGROUND = re.compile(r"(?:background(?:-image)?|--[\w-]+)\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
_LAZY_BACKGROUNDS = (
    *("data-bg", "data-background", "data-background-image", "data-bg-src", "data-lazy-background", "data-bgset"),
    *("data-src", "data-original", "data-image", "data-image-src", "data-img", "data-poster"),
)
BACKGROUND_NAMES = frozenset((*_LAZY_BACKGROUNDS, "style"))
# What classes, folders and names of files say of pictures that are none of a story: whole words, since "illustrating"
# holds no rating.
_SIGNS = frozenset(
    (
        *("avatar", "avatars", "gravatar", "userpic", "userpics", "profile", "emoji", "emojis", "smiley", "smileys"),
        *("smilies", "icon", "icons", "sprite", "rating", "logo", "spacer", "pixel"),
    )
)
_PLACEHOLDERS = frozenset(("blank", "loading", "placeholder", "spacer", "lazy", "transparent"))
_FILE_SIGNS = _SIGNS - {"logo", "profile", "pixel"} | _PLACEHOLDERS
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_DESCRIPTION = 4  # words of a file's name that tell what a picture shows
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_SINGLES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-image", "data-img-url", "data-url")
_FILE = re.compile(r"^\s*[^\s{}<>\"]+\.(?:jpe?g|png|webp|avif|gif)(?:\?[^\s{}<>\"]*)?\s*$", re.IGNORECASE)
_SET = re.compile(r"\s*[^\s{}<>\"]+\.(?:jpe?g|png|webp|avif|gif)[^\s{}<>\"]*\s+\d+(?:\.\d+)?[wx]\b", re.IGNORECASE)
_FIRST = 500  # characters of a set in which its first address stands
_SMALL = 40  # pixels below which a picture is an icon
_ENOUGH = 3  # pictures of a record that are candidates


def pictures_of(
    elements: Iterable[HtmlElement], signs: Collection[str], links: Iterable[HtmlElement]
) -> tuple[Candidate[RawImage], ...]:
    """The pictures that some elements of a record show, those inside the ``links`` to its entry first.

    ``signs`` are addresses of pictures that belong to many records.
    """
    found: dict[str, HtmlElement] = {}
    for element in elements:
        url = address_in(element)
        if url and url not in signs and not _is_sign(element, url):
            found.setdefault(url, element)
            if len(found) == _ENOUGH:
                break
    if len(found) > 1:
        own = set(links)
        found = dict(sorted(found.items(), key=lambda pair: own.isdisjoint(pair[1].iterancestors("a"))))
    # Width and height say how large the record shows the picture, not how large it is.
    return tuple([Candidate(RawImage(url, alt=each.get("alt")), each.tag) for url, each in found.items()])


def address_of(image: HtmlElement) -> str | None:
    """The address of the picture that an ``<img>`` loads.

    That is the first of its lazy attributes, ``srcset``, ``src``, any other attribute that names a picture and the
    sources of the ``<picture>`` around it that is no placeholder; of a set, the widest that fits a screen.
    """
    if image.tag == "video":
        poster: str | None = image.get("poster") or image.get("data-poster")
        return poster
    names = image.keys()
    for name in _SETS:
        if name in names and (best := widest(image.get(name, ""))):
            return best.url
    for name in _SINGLES:
        if name in names and (value := image.get(name, "").strip()) and not value.startswith(EMBEDDED):
            return str(value)
    src = (image.get("src") or "").strip()
    is_src = bool(src) and not src.startswith(EMBEDDED)
    if is_src and _PLACEHOLDERS.isdisjoint(_file_words(src)):
        return src
    return _lazy(image) or _source(image) or (src if is_src else None)


def _lazy(image: HtmlElement) -> str | None:
    """What any other attribute for scripts names that looks like the address of a picture, or a set of them."""
    for name, value in image.items():
        if name[:5] == "data-":
            if _FILE.match(value):
                return str(value.strip())
            if _SET.match(value[:_FIRST]) and (best := widest(value)):
                return best.url
    return None


def _source(image: HtmlElement) -> str | None:
    around = next(image.iterancestors("picture"), None)
    sources = around.iter("source") if around is not None else ()
    sets = (source.get("data-srcset") or source.get("srcset") or "" for source in sources)
    return next((best.url for value in sets if (best := widest(value))), None)


def address_in(element: HtmlElement) -> str | None:
    """The address of the picture that an element shows; None for placeholders that stand in the page itself."""
    if element.tag in PICTURE_TAGS:
        url = address_of(element)
    else:
        style = _BACKGROUND.search(element.get("style") or "")
        url = style[1].strip() if style else next((v for name in _LAZY_BACKGROUNDS if (v := element.get(name))), None)
    return None if not url or url.startswith(EMBEDDED) else url


def has_background(element: HtmlElement) -> bool:
    """Whether an element shows a picture behind its content."""
    style = element.get("style")
    if style and "url(" in style:
        return True
    return any(element.get(name) for name in _LAZY_BACKGROUNDS)


def _is_sign(element: HtmlElement, url: str) -> bool:
    for name in ("width", "height"):
        size = element.get(name)
        if size and (size := size.strip().removesuffix("px")).isdigit() and int(size) < _SMALL:
            return True
    words = _file_words(url)
    if len(words) < _DESCRIPTION and not _FILE_SIGNS.isdisjoint(words):
        return True
    folder = url.rpartition("/")[0].rpartition("/")[2]
    return folder.lower() in _SIGNS or _says_sign(element.get("class", ""))


@lru_cache(1024)
def _file_words(url: str) -> tuple[str, ...]:
    """The words of the name of a picture's file, in lower case."""
    name = url.partition("?")[0].rpartition("/")[2]
    return tuple(map(str.lower, _WORDS.findall(name.rpartition(".")[0] or name)))


@lru_cache(4096)
def _says_sign(name: str) -> bool:
    return not _SIGNS.isdisjoint(map(str.lower, _WORDS.findall(name)))
