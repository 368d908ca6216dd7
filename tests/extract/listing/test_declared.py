"""Entries that a page declares in its data count where it shows none."""

from __future__ import annotations

import json

import pytest

from tests.extract.listing.pages import HEADLINES, address, addresses, card, drafted, listed, slug, urls_of

LD = "<script type='application/ld+json'>{}</script>"


def stories(count: int = 4) -> list[dict[str, object]]:
    return [
        {
            "url": f"/world/{slug(HEADLINES[n])}-{1000 + n}.html",
            "headline": HEADLINES[n],
            "datePublished": f"2025-02-0{n + 1}",
        }
        for n in range(count)
    ]


@pytest.mark.parametrize(
    "data",
    [
        {
            "@type": "ItemList",
            "itemListElement": [{"@type": "ListItem", "position": n, "item": s} for n, s in enumerate(stories())],
        },
        {"@type": ["CollectionPage"], "mainEntity": {"@type": "ItemList", "itemListElement": stories()}},
        {"@context": "https://schema.org", "@graph": [{"@type": "Blog", "blogPost": stories()}]},
    ],
    ids=["items", "collection", "blog"],
)
def test_a_json_ld_list_gives_entries(data: object) -> None:
    listing = listed(LD.format(json.dumps(data)))
    assert urls_of(listing) == addresses(0, 1, 2, 3)
    assert [item.title for item in listing.items] == list(HEADLINES[:4])
    assert listing.items[1].published is not None
    assert listing.how.extractor == "json-ld"


def test_a_list_of_addresses_and_names_is_enough() -> None:
    parts = [{"@type": "ListItem", "name": HEADLINES[n], "item": address(n)} for n in range(3)]
    assert urls_of(listed(LD.format(json.dumps({"@type": "ItemList", "itemListElement": parts})))) == addresses(0, 1, 2)


@pytest.mark.parametrize(
    "script",
    [
        "<script id='__NEXT_DATA__' type='application/json'>{}</script>",
        "<script>window.__STATE__ = {}; start();</script>",
        "<script>var data = {}</script>",
    ],
)
def test_the_state_that_scripts_start_from_gives_entries(script: str) -> None:
    menu = [{"url": f"/{word}/", "title": word.title()} for word in ("world", "sport", "arts", "sea", "law", "ice")]
    state = {"props": {"menu": menu, "page": {"articles": stories()}}}
    listing = listed("<div id='__next'></div>" + script.format(json.dumps(state)))
    assert urls_of(listing) == addresses(0, 1, 2, 3)
    assert listing.how.extractor == "embedded json"
    assert listing.how.note == "4 entries that the page declares in its data but does not show as links"


@pytest.mark.parametrize(
    "script",
    [
        LD.format("{broken"),
        LD.format("[" * 100_000),
        LD.format(json.dumps({"@type": "BreadcrumbList", "itemListElement": stories()})),
        LD.format(json.dumps({"@type": "ItemList", "itemListElement": stories(2)})),
        "<script>window.x = {y: 1}</script>",
        "<script type='application/json'>12</script>",
        "<script>window.x = [" + '{"title": "Home", "url": "/"},' * 5 + '{"title": "Home", "url": "/"}]</script>',
    ],
    ids=["broken", "deep", "crumbs", "short", "no json", "number", "menu"],
)
def test_other_data_gives_none(script: str) -> None:
    assert drafted(script).items == ()


def test_what_the_page_shows_comes_first() -> None:
    data = {"@type": "ItemList", "itemListElement": stories()}
    listing = listed(LD.format(json.dumps(data)) + "".join(card(n) for n in range(8)))
    assert len(listing.items) == 8
    assert listing.how.extractor == "structure"
