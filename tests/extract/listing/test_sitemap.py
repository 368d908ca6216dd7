"""Sitemaps: plain ones, those for news, with and without namespaces, and indexes of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing import extract_listing
from feedmaker.model import Field, FieldRule, ListingDraft, ListingRules
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.listing import normalize_listing
from feedmaker.settings.selectors import split_selector

URL = "https://www.mole-post.example/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = """<url><loc> https://www.mole-post.example/bell </loc><lastmod>2025-02-07</lastmod>
<news:news><news:publication><news:name>Mole Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2025-02-06T17:52:00Z</news:publication_date><news:title>The bell returns</news:title>
<news:keywords>Bells, Divers,</news:keywords></news:news>
<image:image><image:loc>/bell.jpg</image:loc><image:title>A bell</image:title>
<image:caption>Back</image:caption></image:image></url>"""


def drafts(text: str, **rules: object) -> ListingDraft:
    return extract_listing(page_of(text, URL), ListingRules(**rules))  # type: ignore[arg-type]


@pytest.mark.parametrize("spaces", [SPACES, ""])
def test_a_sitemap_for_news_gives_titles_dates_and_pictures(spaces: str) -> None:
    draft = drafts(f'<?xml version="1.0"?><urlset {spaces}>{NEWS}</urlset>')
    assert (draft.how.extractor, draft.how.confidence) == ("sitemap", 1.0)
    (item,) = normalize_listing(draft, Context(datetime(2025, 2, 8, tzinfo=UTC))).items
    assert (item.url, item.title) == ("https://www.mole-post.example/bell", "The bell returns")
    assert item.published == datetime(2025, 2, 6, 17, 52, tzinfo=UTC)
    assert item.tags == ("Bells", "Divers")
    assert item.image
    assert (item.image.url, item.image.caption) == ("https://www.mole-post.example/bell.jpg", "Back")
    assert draft.items[0].languages[0].value == "en"
    assert draft.items[0].publishers[0].value == "Mole Post"


@pytest.mark.parametrize("spaces", [SPACES, "", 'xmlns="urn:other"'])
def test_a_plain_sitemap_gives_addresses_and_no_publication(spaces: str) -> None:
    places = "".join(f"<url><loc>/{n}</loc><lastmod>2025-02-0{n}</lastmod></url>" for n in (1, 2))
    draft = drafts(f"<urlset {spaces}><!-- made today -->{places}<url><loc> </loc></url><url/></urlset>")
    assert [item.url for item in draft.items] == ["/2", "/1"]  # the latest first
    assert [(item.published, item.updated[0].value) for item in draft.items] == [((), "2025-02-02"), ((), "2025-02-01")]


def test_an_index_goes_on_with_the_sitemap_that_changed_last() -> None:
    places = "".join(f"<sitemap><loc>/{n}.xml</loc><lastmod>2025-0{n}-01</lastmod></sitemap>" for n in (1, 3, 2))
    draft = drafts(f"<sitemapindex {SPACES}>{places}<sitemap><loc>/old.xml</loc></sitemap></sitemapindex>")
    assert [each.value for each in draft.nexts] == ["/3.xml", "/2.xml", "/1.xml", "/old.xml"]
    assert draft.items == ()
    assert "an index of 4 sitemaps" in draft.how.note


@pytest.mark.parametrize(("root", "note"), [("urlset", "without addresses"), ("sitemapindex", "an index of 0")])
def test_an_empty_sitemap_says_so(root: str, note: str) -> None:
    how = drafts(f"<{root}/>").how
    assert how.confidence == 0
    assert note in how.note


TWO = "<urlset><url><loc>https://a.example/news/1</loc></url><url><loc>https://a.example/shop/2</loc></url></urlset>"


def test_a_pattern_of_addresses_leaves_the_entries_that_have_it() -> None:
    assert [item.url for item in drafts(TWO, link_pattern="/news/").items] == ["https://a.example/news/1"]


def test_a_pattern_that_no_address_has_names_itself() -> None:
    with pytest.raises(RuleMatchesNothing, match="link_pattern: /arts/ is found in none of the 2 addresses"):
        drafts(TWO, link_pattern="/arts/")


def test_fields_are_built_from_what_a_sitemap_holds() -> None:
    item = drafts(TWO, fields={Field.TITLE: FieldRule(template="Read {url}")}).items[0]
    assert item.titles[0].value == "Read https://a.example/news/1"


def test_a_selector_finds_nothing_in_a_sitemap() -> None:
    with pytest.raises(RuleMatchesNothing, match=r"fields\.title: h1 gives nothing .* use a constant or a template"):
        drafts(TWO, fields={Field.TITLE: FieldRule((split_selector("h1"),))})


def test_a_text_of_addresses_is_a_sitemap() -> None:
    draft = drafts("\ufeffhttps://www.mole-post.example/a\r\n\r\nhttps://www.mole-post.example/b\r\n")
    assert draft.how.extractor == "sitemap"
    assert [item.url for item in draft.items] == ["https://www.mole-post.example/a", "https://www.mole-post.example/b"]
    assert drafts("https://www.mole-post.example/a is where it was").items == ()
