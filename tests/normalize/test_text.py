"""Plain text, mended text, and titles without their site."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.normalize.text import mend, plain, same_text, title_without_site


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a <b>bold</b>ly<br>next", "a boldly next"),
        ("<p>one</p><p>two</p>", "one two"),
        ("<script>x()</script>y <!-- z --><style>p{}</style>&amp; on", "y & on"),
        ("AT&amp;T &amp;amp; M&uuml;nchen &#8211; &lt;b&gt;", "AT&T &amp; München – <b>"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("  two\n\tlines\u00a0here ", "two lines here"),
        ("a\x00b\ufffec\ud83dd\x7f", "abcd"),
        ("\ufeff\u200b edge \u200d", "edge"),
        ("\u00adDonau\u00addampf", "Donau\u00addampf"),
        ("Fu\u0308r", "Für"),
        ("donâ€™t", "don’t"),
        ("👩\u200d🚀 lands", "👩\u200d🚀 lands"),
    ],
)
def test_text_loses_markup_entities_and_junk(raw: str, expected: str) -> None:
    assert plain(raw) == expected


@pytest.mark.parametrize("raw", [None, "", " \n", "<br>", "&nbsp;", "\u200b", "<!-- x -->"])
def test_what_holds_no_text_is_none(raw: str | None) -> None:
    assert plain(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("MÃ¼nchen â€“ â€œschÃ¶nâ€\x9d", "München – “schön”"),
        ("Ã¢â‚¬â„¢", "’"),
        ("ÐœÐ¸Ñ€", "Мир"),
    ],
)
def test_text_that_was_decoded_wrongly_is_mended(raw: str, expected: str) -> None:
    assert mend(raw) == expected


@pytest.mark.parametrize("text", ["naïve café", "Ã la carte", "«Ânes»", "Łódź", "plain"])
def test_right_text_is_left_alone(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    ("title", "names", "url", "expected"),
    [
        ("Harbour reopens | DW | 28.04.2023", (), "https://www.dw.com/en/a-1", "Harbour reopens"),
        ("Harbour reopens -- Town.net", (), "https://www.town.net/x", "Harbour reopens"),
        ("Harbour reopens - Golem.de", (), "https://www.golem.de/news/x", "Harbour reopens"),
        ("Harbour reopens – Daily Town", ("Daily Town",), "https://town.example/x", "Harbour reopens"),
        ("Harbour reopens - Börsen-Zeitung", (), "https://www.boersen-zeitung.de/x", "Harbour reopens"),
        ("Harbour reopens | EL PAÍS", (), "https://elpais.com/x/y", "Harbour reopens"),
        ("Harbour reopens | Internacional | EL PAÍS", (), "https://elpais.com/internacional/y", "Harbour reopens"),
        ("Harbour reopens - Sport - Town.de", (), "https://www.town.de/sport/x", "Harbour reopens"),
        ("Harbour reopens | town.de | Wirtschaft", (), "https://www.town.de/wirtschaft/x", "Harbour reopens"),
        ("Harbour reopens - News - TWN", ("TWN",), "https://twn.example/x", "Harbour reopens"),
        ("Harbour reopens | Town | by Jane Roe", ("Town",), "https://town.example/x", "Harbour reopens"),
        ("Harbour reopens | Spain | The Town", ("The Town",), "https://town.example/x", "Harbour reopens"),
        ("Harbour reopens, Tageszeitung neue Welt, 26.04.2024", (), "https://neuewelt.example/x", "Harbour reopens"),
        ("Town News - Harbour reopens", ("Town News",), "https://town.example/x", "Harbour reopens"),
        ("TWN: Harbour reopens", ("TWN",), "https://twn.example/x", "Harbour reopens"),
        ("Harbour reopens - TWN Haber", (), "https://www.twn.com.tr/x", "Harbour reopens"),
    ],
)
def test_the_name_of_the_site_goes_with_section_and_date(
    title: str, names: tuple[str, ...], url: str, expected: str
) -> None:
    assert title_without_site(title, names, url) == expected


@pytest.mark.parametrize(
    ("title", "names", "url"),
    [
        ("Bayern - Dortmund 3:1", ("Kicker",), "https://www.kicker.de/x"),
        ("Two resign - and many questions", ("tagesschau.de",), "https://www.tagesschau.de/x"),
        ("Zeit - der Film", (), "https://www.zeit.de/kultur/x"),
        ("A mirror, a picture, Spiegel", (), "https://www.spiegel.de/a/b"),
        ("Town News", ("Town News",), "https://town.example/"),
        ("Sport - Wetter", (), "https://town.example/sport/wetter/x"),
        (
            "Long words about the town that nobody would call its name - Town of the people by the sea",
            (),
            "https://town.example/",
        ),
        ("", (), ""),
        (" - ", (), "nonsense"),
    ],
)
def test_a_dash_of_the_headline_stays(title: str, names: tuple[str, ...], url: str) -> None:
    assert title_without_site(title, names, url) == title


def test_texts_are_alike_by_their_words() -> None:
    assert same_text("The harbour reopens", "harbour reopens: the") == 1.0
    assert same_text("a b", "c d") == 0.0
    assert same_text("a b c d", "a b") == pytest.approx(2 / 3)
    assert same_text("", "") == 1.0


@settings(derandomize=True, max_examples=300)
@given(st.text(max_size=80) | st.text("<>&;abp/!-#x1 \u200b\u00ad", max_size=60))
def test_plain_text_is_one_composed_line_without_controls(raw: str) -> None:
    text = plain(raw)
    if text is not None:
        assert text == " ".join(text.split())
        assert unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)
        text.encode()


@settings(derandomize=True, max_examples=200)
@given(st.text(" -|–,:abTown.de", max_size=60), st.lists(st.text("abTown ", max_size=8), max_size=2).map(tuple))
def test_what_is_left_of_a_title_is_part_of_it(title: str, names: tuple[str, ...]) -> None:
    left = title_without_site(title, names, "https://www.town.de/a/b")
    assert left in title
    assert bool(left) == bool(title)
