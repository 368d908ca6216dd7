"""Meta and link elements, those of standards and those that publishers make up."""

from __future__ import annotations

import pytest

from tests.extract.article.reading import URL, draft_of, entry_of, names, page, story


def meta(**contents: str) -> str:
    return "".join(f'<meta name="{name.replace("__", ":")}" content="{text}">' for name, text in contents.items())


def test_open_graph_alone_makes_an_entry() -> None:
    head = meta(
        og__title="The harbour bell returns",
        og__description="After ninety-one years.",
        og__site_name="Mole Post",
        og__locale="en_GB",
        og__image="/p/bell.jpg",
        og__image__width="1200",
        og__image__height="630",
        og__image__alt="A bell",
        article__published_time="2025-02-06T18:52:00Z",
        article__modified_time="2025-02-07T08:00:00Z",
        article__section="City",
        article__tag="Bells",
    )
    entry = entry_of(page(head, language=""))
    assert (entry.title, entry.summary, entry.publisher) == (
        "The harbour bell returns",
        "After ninety-one years.",
        "Mole Post",
    )
    assert (entry.language, entry.section, entry.tags) == ("en-GB", "City", ("Bells",))
    assert (entry.images[0].width, entry.images[0].height, entry.images[0].alt) == (1200, 630, "A bell")
    assert entry.published is not None
    assert entry.updated is not None
    assert entry.updated > entry.published


@pytest.mark.parametrize(
    "name",
    [
        "author",
        "article:author",
        "parsely-author",
        "cXenseParse:author",
        "article:author_name",
        "DC.creator",
        "page_authors",
    ],
)
def test_authors_stand_under_many_names(name: str) -> None:
    assert names(entry_of(page(f'<meta property="{name}" content="Ida Brandt and Ola Nord">'))) == [
        "Ida Brandt",
        "Ola Nord",
    ]


@pytest.mark.parametrize("label", ["Written by", "Verfasst von", "Écrit par", "Escrito por"])
def test_the_author_of_a_twitter_card_is_found_by_its_label(label: str) -> None:
    head = meta(
        twitter__label1="Reading time", twitter__data1="4 min", twitter__label2=label, twitter__data2="Ida Brandt"
    )
    assert names(entry_of(page(head))) == ["Ida Brandt"]


@pytest.mark.parametrize(
    "name", ["publish-date", "article.published", "pubdate", "dc.date.issued", "cXenseParse:publishtime"]
)
def test_publication_dates_stand_under_many_names(name: str) -> None:
    entry = entry_of(page(f'<meta name="{name}" content="2025-02-06T10:00:00Z">'))
    assert entry.provenance["published"] == f"meta {name.lower()}"


def test_names_that_only_sound_alike_are_not_read() -> None:
    head = meta(
        theme__color="#fff",
        smartbanner__author="App Inc",
        article__expiration_time="2025-02-06",
        twitter__creator="@ida",
    )
    draft = draft_of(
        page(head + '<meta name="theme-color" content="red"><meta content="no name"><meta name="author" content=" ">')
    )
    assert (draft.authors, draft.tags, [c.where for c in draft.published]) == ((), (), ["address"])


def test_a_profiles_address_is_no_name() -> None:
    head = '<meta property="article:author" content="https://www.facebook.com/molepost">'
    assert entry_of(page(head, story())).authors == ()


def test_the_canonical_address_is_the_pages_own() -> None:
    head = f'<link rel="canonical" href="{URL}?utm_source=x">'
    assert entry_of(page(head), URL + "?from=feed").url == URL
    assert entry_of(page(head.replace("mole-post", "elsewhere")), URL + "?from=feed").url == URL + "?from=feed"


def test_headers_give_the_language_and_the_last_change_as_a_last_resort() -> None:
    headers = {
        "Content-Language": "sv, en",
        "Last-Modified": "Thu, 06 Feb 2025 18:52:00 GMT",
        "Date": "Fri, 07 Feb 2025 09:00:00 GMT",
    }
    entry = entry_of(page(language=""), headers=headers)
    assert (entry.language, entry.provenance["updated"]) == ("sv", "header last-modified")
    assert entry.provenance["published"] == "address"


@pytest.mark.parametrize("sent", ["Thu, 06 Feb 2025 18:52:01 GMT", "Thu, 06 Feb 2025 18:52:00 -0000", "today", ""])
def test_a_page_that_was_made_for_the_request_has_no_change_to_tell(sent: str) -> None:
    headers = {"Last-Modified": "Thu, 06 Feb 2025 18:52:00 GMT", "Date": sent}
    assert entry_of(page(), headers=headers).updated is None
