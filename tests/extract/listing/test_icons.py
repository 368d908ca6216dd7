"""The icon of a section's site is found where it has a known size that RSS allows."""

from __future__ import annotations

import pytest

from feedmaker.model import Image, ListingRules
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.reading import listing_of

URL = "https://news.example/world/"
RSS = """<rss version="2.0"><channel><title>World</title><link>https://news.example/</link>{}
<item><title>A</title><link>https://news.example/a</link></item></channel></rss>"""


def icon_of(page: str) -> Image | None:
    return listing_of(page_of(page, URL), ListingRules(), Context.of(None)).icon


def icon_in(head: str) -> Image | None:
    return icon_of(f"<html><head>{head}</head><body><p>No entries.</p></body></html>")


LARGE_AND_SMALL = """
    <link rel="icon" href="/a-32.png" sizes="32x32"><link rel="icon" href="/b.png" sizes="96x96 192x192">
    <link rel="apple-touch-icon" href="/c-180x180.png" sizes="180x180">"""


@pytest.mark.parametrize(
    ("head", "address", "size"),
    [
        ('<link rel="icon" href="/i.png" sizes="32x32">', "https://news.example/i.png", (32, 32)),
        ('<link rel="shortcut icon" href="i.gif?v=1.2" sizes="16X16">', f"{URL}i.gif", (16, 16)),
        (
            '<link rel="apple-touch-icon" href="//x.example/t-120x120.png">',
            "https://x.example/t-120x120.png",
            (120, 120),
        ),
        ('<base href="/s/"><link rel="icon" href="i.jpg" sizes="88x31">', "https://news.example/s/i.jpg", (88, 31)),
        (LARGE_AND_SMALL, "https://news.example/b.png", (96, 96)),
    ],
)
def test_the_largest_that_fits_is_taken(head: str, address: str, size: tuple[int, int]) -> None:
    assert icon_in(head) == Image(address, *size)


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="icon" href="/favicon.ico" sizes="32x32">',
        '<link rel="icon" href="/i.svg" sizes="any">',
        '<link rel="icon" href="/i.png">',
        '<link rel="icon" href="/i.png" sizes="145x145">',
        '<link rel="icon" href="/i.png" sizes="100x401">',
        '<link rel="icon" href="/i.png" sizes="0x0">',
        '<link rel="mask-icon" href="/i.png" sizes="32x32">',
        '<link rel="icon" href="data:image/png;base64,aaaa" sizes="32x32">',
        '<link rel="icon" href="javascript:x.png" sizes="32x32">',
        '<link rel="icon" sizes="32x32">',
        "",
    ],
)
def test_what_no_reader_could_show_or_has_no_known_size_is_no_icon(head: str) -> None:
    assert icon_in(head) is None


def test_a_feed_gives_its_picture() -> None:
    picture = "<image><url>https://news.example/l.png</url><title>x</title><link>y</link>{}</image>"
    sized = RSS.format(picture.format("<width>144</width><height>40</height>"))
    assert icon_of(sized) == Image("https://news.example/l.png", 144, 40)
    assert icon_of(RSS.format(picture.format(""))) is None
    assert icon_of(RSS.format("")) is None
