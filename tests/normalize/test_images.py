"""Pictures: their addresses, sizes and texts, and what is none."""

from __future__ import annotations

import pytest

from feedmaker.model import RawImage
from feedmaker.normalize.images import asset_keys, image_of, images_of, is_picture_address

URL = "https://www.mole-post.example/city/bell"
SITE = "https://www.mole-post.example"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("/p/bell.jpg", f"{SITE}/p/bell.jpg"),
        ("//img.mole-post.example/bell.jpg", "https://img.mole-post.example/bell.jpg"),
        ("/_next/image?url=%2Fp%2Fbell.jpg&w=640&q=75", f"{SITE}/p/bell.jpg"),
        ("https://x.example/_next/image?url=https%3A%2F%2Fy.example%2Fbell.jpg&w=1", "https://y.example/bell.jpg"),
        ("https://x-example.cdn.ampproject.org/i/s/x.example/bell.jpg", "https://x.example/bell.jpg"),
        (
            "https://resize.example/?url=https://x.example/bell.jpg&w=9",
            "https://resize.example/?url=https://x.example/bell.jpg&w=9",
        ),
    ],
)
def test_addresses_are_absolute_and_out_of_their_wrappers(raw: str, url: str) -> None:
    image = image_of(RawImage(raw), URL)
    assert image is not None
    assert image.url == url


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "data:image/png;base64,x",
        "/i/logo.png",
        "/i/site-logo_2x.png",
        "/favicon.ico",
        "/p/chart.svg",
        "/i/placeholder-16x9.jpg",
        "/t/1x1.gif",
        "/img/3.0/1px.gif",
        "/count/1.gif?z=1&id=0109",
        "/iconos/preload.gif",
        "/newpage/qrcode-app.png",
        "/share-image.jpg",
        "/og-default.png",
        "/video.mp4",
        "/avatar-ida.jpg",
        f"{URL}#primaryimage",
        URL,
        SITE,
    ],
)
def test_logos_placeholders_and_other_media_are_no_pictures(raw: str) -> None:
    assert image_of(RawImage(raw), URL) is None


@pytest.mark.parametrize(
    "name",
    [
        "iconic-harbour.jpg",
        "preloaded-guns.jpg",
        "blanket.jpg",
        "analogos.png",
        "share-of-votes.jpg",
        "4711_1x1_640.jpg",
    ],
)
def test_words_that_only_hold_such_a_name_are_pictures(name: str) -> None:
    assert is_picture_address(f"/p/{name}")


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1200, "630", (1200, 630)),
        ("1200px", "630.0", (1200, 630)),
        ("100%", "auto", (None, None)),
        (0, -3, (None, None)),
        (None, "999999", (None, None)),
    ],
)
def test_sizes_are_pixels_or_nothing(
    width: str | int | None, height: str | int | None, expected: tuple[int | None, ...]
) -> None:
    image = image_of(RawImage("/p/bell.jpg", width, height), URL)
    assert image is not None
    assert (image.width, image.height) == expected


def test_what_is_known_to_be_small_is_no_picture() -> None:
    assert image_of(RawImage("/p/bell.jpg", 80, 80), URL) is None
    assert image_of(RawImage("/p/bell.jpg", 1200, 1), URL) is None


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        ("A bell on the quay - Mole Post, 1920, 06.02.2025", "A bell on the quay"),
        ("A bell on the quay | Mole Post", "A bell on the quay"),
        ("A bell on the quay. Mole, 06.02.2025", "A bell on the quay. Mole, 06.02.2025"),
        ("Mole Post", "Mole Post"),
        ("The building of Mole Post", "The building of Mole Post"),
        ("<i>A</i> bell &amp; a lamp", "A bell & a lamp"),
        ("  ", None),
    ],
)
def test_a_tail_of_site_size_and_date_goes_from_the_alt_text(alt: str, expected: str | None) -> None:
    image = image_of(RawImage("/p/bell.jpg", alt=alt), URL, ("Mole Post",))
    assert image is not None
    assert image.alt == expected


@pytest.mark.parametrize(
    ("type_", "url", "expected"),
    [
        ("image/jpg", "/p/a", "image/jpeg"),
        ("jpeg", "/p/a", "image/jpeg"),
        (None, "/p/a.WEBP?w=3", "image/webp"),
        ("text/html", "/p/a", None),
        (None, "/p/a", None),
    ],
)
def test_the_media_type_is_the_declared_one_or_the_names(type_: str | None, url: str, expected: str | None) -> None:
    image = image_of(RawImage(url, type=type_), URL)
    assert image is not None
    assert image.type == expected


def test_each_address_stands_once_and_their_number_is_bounded() -> None:
    assert len(images_of([RawImage("/p/a.jpg"), RawImage("/p/a.jpg"), RawImage("/i/logo.png")], URL)) == 1
    assert len(images_of([RawImage(f"/p/{number}.jpg") for number in range(40)], URL)) == 12


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/cdn/w_600/harbour-bell.jpg", "/cdn/w_1200/harbour-bell.webp?q=80"),
        ("/p/harbour-bell-640x360.jpg", "/p/harbour-bell-scaled.jpg"),
        ("/crop/16x9/a1b2c3d4e5.jpg", "/crop/1x1/a1b2c3d4e5.jpg?width=300"),
        ("https://r.example/?url=https%3A%2F%2Fx.example%2Fp%2Fbell.jpg&w=9", "https://x.example/p/bell.jpg"),
        ("/2025/bell.jpg", "https://cdn.example/x/2025/bell.jpg"),
    ],
)
def test_renditions_of_one_picture_share_a_key(one: str, other: str) -> None:
    assert asset_keys(one) & asset_keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/p/harbour-bell.jpg", "/p/harbour-lamp.jpg"),
        ("/a/bell.jpg", "/b/bell.jpg"),
        ("/crop/1920x1080/20250206/a1b2c3d4e5.jpg", "/crop/1920x1080/20250206/f6e7d8c9b0.jpg"),
        ("/dims4/2147483647/w1200/q85/first-view", "/dims4/2147483647/w1200/q85/other-view"),
    ],
)
def test_different_pictures_share_none(one: str, other: str) -> None:
    assert not asset_keys(one) & asset_keys(other)
