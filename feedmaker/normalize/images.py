"""Raw pictures -> images: real pictures of the story with clean addresses, sizes, alt texts, captions and credits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from feedmaker.model import Image, RawImage
from feedmaker.normalize.text import plain
from feedmaker.normalize.urls import absolute, path_of

MOST = 12  # pictures of one entry
_SMALL = 100  # pixels: what is known to be smaller is an icon or a pixel that counts visitors
_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
}
# Names of files that are pictures of no story. They must stand alone between separators: "iconic" is no icon.
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logos?|favicon|icons?|avatars?|gravatar|placeholder|platzhalter|spacer|blank|transparent|dummy"
    r"|^1x1|\dpx|pixel|tracking|pre-?load(?:er)?|loader|loading|spinner|lazy|qr-?code|captcha|no-?image|no-?photo|default-?(?:image|thumb\w*|og|share|social)"
    r"|og-?default|share-?(?:image|default)|social-?(?:share|card|default)|fallback|sprite)(?:$|[/_.@-])",
    re.IGNORECASE,
)
_HOME = re.compile(r"https?://[^/?]*[/?]*")
# Other media, and a gif whose name is one letter or digit: it counts visitors.
_NOT_SHOWN = re.compile(r"\.(?:svg|ico|mp4|m3u8|webm|mp3|pdf|html?|js|css)$|/\w\.gif$", re.IGNORECASE)
# Services that show another address's picture, and the parameter that holds it.
_WRAPPERS = {"/_next/image": "url", "/_vercel/image": "url", "/_ipx/": "url"}
_SIZE = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d)[A-Za-z0-9]{6,}")  # long, with a digit: an id
_NO_ASSET = re.compile(r"\d{3,4}x\d{3,4}|20\d{6}|[whq]\d+|2147483647")
_LONG_NAME = 6  # characters from which a file's name tells a picture by itself; shorter ones need their folder
_STEM_TAIL = re.compile(
    r"(?:[-_.](?:\d{2,4}x\d{2,4}|scaled|large|medium|small|crop|e\d{10,}|[wh]?\d{2,4}|v?16[x_-]?9))+$"
)
_ALT_TAIL = re.compile(r"(?:\s*,\s*(?:\d{2,4}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d))+\s*$")


def image_of(raw: RawImage, base_url: str, site_names: Iterable[str] = ()) -> Image | None:
    """The picture, or None for what is no picture of a story: logos, icons, placeholders, pixels, other media."""
    url = absolute(raw.url, base_url)
    url = _unwrapped(url, base_url) if url else None
    width, height = pixels(raw.width), pixels(raw.height)
    if url is None or not _shows_a_story(url, base_url) or 0 < min(width or _SMALL, height or _SMALL) < _SMALL:
        return None
    caption = plain(raw.caption)
    return Image(
        url,
        width,
        height,
        alt=_without_tail(plain(raw.alt), site_names),
        caption=_without_tail(caption, site_names),
        credit=plain(raw.credit),
        type=_media_type(raw.type, url),
    )


def images_of(raws: Iterable[RawImage], base_url: str, site_names: tuple[str, ...] = ()) -> tuple[Image, ...]:
    """The pictures in their order, each address once."""
    found: dict[str, Image] = {}
    for raw in raws:
        image = image_of(raw, base_url, site_names)
        if image:
            found.setdefault(image.url, image)
        if len(found) >= MOST:
            break
    return tuple(found.values())


def is_picture_address(url: str) -> bool:
    """Whether an address may be a story's picture, by its file's name: no logo, icon, placeholder or other medium."""
    path = unquote(path_of(url))
    name = path.rstrip("/").rpartition("/")[2] or path
    return not (_NO_PICTURE.search(name) or _NOT_SHOWN.search(path))


@lru_cache(2048)  # a page names one picture in several places
def asset_keys(url: str) -> frozenset[str]:
    """What stays of a picture's address across its crops and sizes: its file's name, and long tokens with digits."""
    parts = _split(url)
    text = unquote(unquote(f"{parts.path}?{parts.query}"))
    keys = {token for token in _TOKEN.findall(text) if not _NO_ASSET.fullmatch(token)}
    path = unquote(unquote(parts.query.rpartition("url=")[2].partition("&")[0])) if "url=" in parts.query else text
    folder, _, name = path.partition("?")[0].rstrip("/").lower().rpartition("/")
    stem = _STEM_TAIL.sub("", name.rpartition(".")[0] or name)
    return frozenset((*keys, stem if len(stem) >= _LONG_NAME else f"{folder.rpartition('/')[2]}/{stem}"))


def _split(url: str) -> SplitResult:
    """An address's parts; one that is none, such as with half a bracket in its host, has only a path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def _unwrapped(url: str, base_url: str) -> str | None:
    """The address inside of a service that only resizes; the address itself otherwise."""
    if "/_" not in url and "cdn.ampproject.org" not in url:
        return url
    parts = urlsplit(url)
    for path, parameter in _WRAPPERS.items():
        if parts.path.startswith(path) and (inner := parse_qs(parts.query).get(parameter)):
            return absolute(inner[0], f"{parts.scheme}://{parts.netloc}/") or url
    if parts.netloc.endswith("cdn.ampproject.org") and "/i/s/" in parts.path:
        return absolute("https://" + parts.path.partition("/i/s/")[2], base_url)
    return url


def _shows_a_story(url: str, base_url: str) -> bool:
    address = url.partition("#")[0]
    is_page = address == base_url.partition("#")[0] or _HOME.fullmatch(address)
    return not is_page and is_picture_address(url)


def _media_type(declared: str | None, url: str) -> str | None:
    word = (declared or "").strip().lower()
    if word.startswith("image/"):
        return "image/jpeg" if word == "image/jpg" else word
    extension = path_of(url).rpartition(".")[2].lower()
    return _TYPES.get(word.lstrip(".")) or _TYPES.get(extension)


def _without_tail(text: str | None, site_names: Iterable[str]) -> str | None:
    """A text without the site's name, sizes and dates that a content system hangs on at its end."""
    if not text:
        return None
    shorter = _ALT_TAIL.sub("", text) if "," in text and text[-1].isdigit() else text
    for name in site_names:
        head, separator, tail = shorter.rpartition(name)
        if separator and not tail.strip(" .,|-–—") and head.rstrip().endswith(("-", "–", "—", "|", ",", "/")):
            return head.rstrip(" -–—|,/") or None
    return text


def pixels(value: str | int | None) -> int | None:
    """A width or height as a page gives it; None for what is none."""
    if isinstance(value, str):
        match = _SIZE.match(value)
        value = int(match[1]) if match else None
    return value if value and 0 < value < 100_000 else None
