"""JSON-LD in all the forms that publishers write it, right and broken."""

from __future__ import annotations

import json

import pytest

from feedmaker.extract.article.json_text import blocks
from tests.extract.article.reading import URL, draft_of, entry_of, ld, names, page, story

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "The harbour bell returns",
    "datePublished": "2025-02-06T18:52:00+01:00",
    "author": {"@type": "Person", "name": "Ida Brandt"},
    "keywords": ["Harbour", "Bells"],
}


@pytest.mark.parametrize(
    "author",
    [
        "Ida Brandt",
        ["Ida Brandt"],
        {"@type": "Person", "name": "Ida Brandt"},
        {"@type": "Person", "name": ["Ida Brandt"]},
        [{"@type": "Person", "name": "Ida Brandt"}],
        {"@list": [{"name": "Ida Brandt"}]},
        {"name": {"@value": "Ida Brandt"}},
        {"@type": "Person", "givenName": "Ida", "familyName": "Brandt"},
        {"@type": "schema:Person", "name": "By Ida Brandt"},
        [["Ida Brandt"], None, 7, ""],
    ],
)
def test_an_author_is_read_in_whatever_shape_it_stands(author: object) -> None:
    assert names(entry_of(page(ld({**ARTICLE, "author": author})))) == ["Ida Brandt"]


def test_an_authors_page_is_kept_and_a_profile_elsewhere_is_not() -> None:
    authors = [
        {"@type": "Person", "name": "Ida Brandt", "url": "/people/ida-brandt"},
        {"@type": "Person", "name": "Ola Nord", "url": "https://social.example/ola"},
    ]
    read = entry_of(page(ld({**ARTICLE, "author": authors}))).authors
    assert [person.url for person in read] == ["https://www.mole-post.example/people/ida-brandt", None]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("", ""),
        ("<!-- ", " -->"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("\ufeff", ";"),
        ("", "}}"),
        ("", " undefined"),
        ("// the story\n", ""),
    ],
)
def test_what_stands_around_a_block_is_no_matter(start: str, end: str) -> None:
    script = f'<script type="application/ld+json">{start}{json.dumps(ARTICLE)}{end}</script>'
    assert entry_of(page(script)).title == "The harbour bell returns"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "A bell", "keywords": ["a", "b",],}',
        '{"@type": "NewsArticle", /* for robots */ "headline": "A bell" // so it is\n}',
        '{"@type": "NewsArticle", "headline": "A\tbell"}',
        '{"@type": "NewsArticle", "headline": "A \\bell"}'.replace("\\b", "\\ b"),
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;A bell&quot;}",
        json.dumps('{"@type": "NewsArticle", "headline": "A bell"}'),
        '{"@type": "WebSite", "name": "x"}{"@type": "NewsArticle", "headline": "A bell"}',
        '[{"@type": "WebSite"}, [{"@type": ["Thing", "http://schema.org/NewsArticle"], "headline": "A bell"}]]',
        '{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": "A bell"}}]}',
        '{"@type": "NewsArticle", "headline": "<b>A</b> bell", "url": "https:\\/\\/x"}',
    ],
)
def test_a_block_is_mended(text: str) -> None:
    entry = entry_of(page(f'<script type="application/ld+json">{text}</script>'))
    assert (entry.title or "").replace("\\", "").split() == ["A", "bell"]


def test_a_block_that_stays_broken_gives_what_can_be_saved() -> None:
    text = '{"@type": "Report", "headline": "A &quot;bell&quot;", "text": "He said "no"", "datePublished": "2025-02-06"'
    entry = entry_of(page(f'<script type="application/ld+json">{text}</script>'))
    assert entry.title == 'A "bell"'
    assert entry.published is not None
    assert entry.published.date().isoformat() == "2025-02-06"


@pytest.mark.parametrize(
    "text",
    [
        (
            '{"@type": "Report", "headline": "A bell", "description": "He said "no" again", "author": [{"name": "Ida '
            'Brandt"}, "Ola Nord"], "keywords": ["Bells", "Divers"], "publisher": {"author": {"name": "Eve Other"}}}'
        ),
        '{"@type": "Report"\n"author": ["Ida Brandt", "Ola Nord"]\n"headline": "A bell"\n"keywords": "Bells, Divers"}',
    ],
)
def test_values_that_are_whole_are_saved_from_a_broken_block(text: str) -> None:
    entry = entry_of(page(f'<script type="application/ld+json">{text}</script>'))
    assert (entry.title, names(entry), entry.tags) == ("A bell", ["Ida Brandt", "Ola Nord"], ("Bells", "Divers"))
    assert entry.summary is None  # cut short at a quote, it would not be what was meant


@pytest.mark.parametrize("bad", ["{", "[[[[[" * 5000, "nonsense", "null", '"x"', "7", '{"@type": 7, "author": 8}', ""])
def test_one_bad_block_hides_no_other(bad: str) -> None:
    script = f'<script type="application/ld+json">{bad}</script>'
    assert entry_of(page(script + ld(ARTICLE) + script)).tags == ("Harbour", "Bells")


def test_values_in_a_row_are_read_up_to_the_first_that_is_broken() -> None:
    assert list(blocks('{"a": 1}\n[2];{"b" 3}')) == [{"a": 1}, [2]]


def test_references_within_a_graph_are_followed() -> None:
    graph = {
        "@graph": [
            {
                "@type": "NewsArticle",
                "@id": f"{URL}#article",
                "headline": "The harbour bell returns",
                "author": {"@id": "#ida"},
                "image": {"@id": f"{URL}#primaryimage"},
                "publisher": {"@id": "#post"},
            },
            {"@type": "Person", "@id": "#ida", "name": "Ida Brandt"},
            {"@type": "Organization", "@id": "#post", "name": "Mole Post"},
            {
                "@type": "ImageObject",
                "@id": f"{URL}#primaryimage",
                "contentUrl": "/photos/bell-on-quay.jpg",
                "width": {"@type": "QuantitativeValue", "value": 1600.0},
                "height": "900 px",
                "caption": "The bell on the quay.",
                "creditText": "Photo: Nils Holm",
                "encodingFormat": "image/jpg",
            },
        ]
    }
    entry = entry_of(page(ld(graph)))
    assert names(entry) == ["Ida Brandt"]
    assert entry.publisher == "Mole Post"
    (image,) = entry.images
    assert (image.url, image.width, image.height) == (
        "https://www.mole-post.example/photos/bell-on-quay.jpg",
        1600,
        900,
    )
    assert (image.caption, image.credit, image.type) == ("The bell on the quay.", "Photo: Nils Holm", "image/jpeg")


def test_a_reference_to_nothing_is_no_picture() -> None:
    assert entry_of(page(ld({**ARTICLE, "image": {"@id": f"{URL}#primaryimage"}}))).images == ()


def test_the_node_that_names_the_pages_address_is_its_article() -> None:
    other = {**ARTICLE, "headline": "Another story", "url": "https://www.mole-post.example/city/another.html"}
    own = {**ARTICLE, "mainEntityOfPage": {"@type": "WebPage", "@id": URL}}
    assert [c.value for c in draft_of(page(ld(other, own))).titles if "headline" in c.where] == [ARTICLE["headline"]]


def test_of_stories_that_name_no_address_the_first_is_the_pages_own() -> None:
    titles = draft_of(page(ld(ARTICLE, {**ARTICLE, "headline": "Another story"}))).titles
    assert [c.value for c in titles if "headline" in c.where] == [ARTICLE["headline"]]


def test_updates_of_a_live_blog_are_not_the_story() -> None:
    live = {**ARTICLE, "@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "12:07"}]}
    assert [c.value for c in draft_of(page(ld(live))).titles if "headline" in c.where] == [ARTICLE["headline"]]


def test_a_page_without_an_article_node_is_read_from_its_page_node() -> None:
    node = {"@type": "WebPage", "name": "A bell", "datePublished": "2025-02-06T10:00:00Z", "inLanguage": "nb-NO"}
    entry = entry_of(page(ld(node), language=""))
    assert (entry.title, entry.language) == ("A bell", "nb-NO")
    assert entry.provenance["published"] == "json-ld WebPage.datePublished"


@pytest.mark.parametrize(
    ("value", "free"),
    [
        (True, True),
        ("False", False),
        ("https://schema.org/True", True),
        ("hasPart", None),
        (None, None),
        (["true"], True),
    ],
)
def test_a_paywall_is_told_from_a_free_page(value: object, free: bool | None) -> None:
    assert entry_of(page(ld({**ARTICLE, "isAccessibleForFree": value}))).is_free is free


@pytest.mark.parametrize(
    ("parts", "free"),
    [
        ({"@type": "WebPageElement", "isAccessibleForFree": False}, False),
        ([{"isAccessibleForFree": "True"}, {"isAccessibleForFree": "False"}, "text"], False),
        ([{"isAccessibleForFree": "True"}], True),
        ([{"@type": "WebPageElement"}], None),
    ],
)
def test_a_part_that_costs_makes_a_page_that_costs_unless_the_story_says_otherwise(
    parts: object, free: bool | None
) -> None:
    assert entry_of(page(ld({**ARTICLE, "hasPart": parts}))).is_free is free
    assert entry_of(page(ld({**ARTICLE, "hasPart": parts, "isAccessibleForFree": True}))).is_free is True


def test_a_single_section_is_no_tag_and_keywords_may_be_terms() -> None:
    keywords = [{"@type": "DefinedTerm", "name": "Harbour"}, "Bells, Divers"]
    entry = entry_of(page(ld({**ARTICLE, "articleSection": "City", "keywords": keywords})))
    assert entry.section == "City"
    assert entry.tags == ("Harbour", "Bells", "Divers")


def test_unix_times_and_lists_of_dates_are_read() -> None:
    entry = entry_of(page(ld({**ARTICLE, "datePublished": [1738867920], "dateModified": 1738867920000})))
    assert entry.published == entry.updated
    assert entry.published is not None


def test_the_readers_text_and_the_microdata_stay_unread_where_json_ld_tells_all() -> None:
    body = story('<div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="author">Eve Other</b></div>')
    assert names(entry_of(page(ld(ARTICLE), body))) == ["Ida Brandt"]
