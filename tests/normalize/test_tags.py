"""Tags are words for readers."""

from __future__ import annotations

import pytest

from feedmaker.normalize.tags import tags

URL = "https://www.mole-post.example/city/bell"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (("Bells, Divers", "bells"), ("Bells", "Divers")),
        (("Bells;Divers|Lamps",), ("Bells", "Divers", "Lamps")),
        (("鐘、灯台",), ("鐘", "灯台")),
        (("Fish &amp; chips", "<b>Bells</b>"), ("Fish & chips", "Bells")),
        (("#Bells", '"Divers"', "e-mail"), ("Bells", "Divers", "e-mail")),
        (("Donald Trump", "iOS", "5G", "2024", "C++"), ("Donald Trump", "iOS", "5G", "2024", "C++")),
        (("Bells", "100312362", "26157981-b4f7-4929-adc1-e860c6f03636"), ("Bells",)),
        (("Bells", "category:travel", "Category: Travel", "section=city", "NLP Topic: Ferries"), ("Bells", "Ferries")),
        (("Star Wars: Episode IV", "Bells"), ("Star Wars: Episode IV", "Bells")),
        (("Day: Friday", "Subject: Bells", "Word Count: 900-999", "Language: English", "Divers"), ("Bells", "Divers")),
        (("Bells", "Divers", "null", "n/a", "x", " ", "#"), ("Bells", "Divers")),
        (("Bells", "Divers", "news_section_front", "_internal", "https://x.example/"), ("Bells", "Divers")),
        (
            ("Bells", "a sentence that goes on for so long that nobody would ever use it as a tag for anything"),
            ("Bells",),
        ),
        (("paywall:free;host:www.x.example;type:article;Bells",), ()),
        ((), ()),
    ],
)
def test_tags_are_parted_and_machine_labels_go(raw: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tags(raw) == expected


def test_the_site_and_what_the_entry_says_elsewhere_are_no_tags() -> None:
    raw = ("Bells, Mole-Post, mole-post.example, Ida Brandt",)
    assert tags(raw, without=("Ida Brandt",), page_url=URL) == ("Bells",)


def test_the_number_of_tags_is_bounded() -> None:
    assert len(tags(tuple(f"tag {letter}{other}" for letter in "abcdefghij" for other in "abcdefghij"))) == 60
