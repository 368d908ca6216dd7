"""The table of extractors: who is asked, who is not, and where a value was found."""

from __future__ import annotations

from feedmaker.extract.article import extract_article
from feedmaker.extract.article.table import ALWAYS, IF_OPEN
from feedmaker.normalize.encoding import page_of
from tests.extract.article.reading import TEXT, URL, draft_of, entry_of, ld, page, story


def test_the_text_is_read_only_when_it_is_asked_for() -> None:
    saved = page_of(page(body=story()), URL)
    assert extract_article(saved).contents == ()
    (content,) = extract_article(saved, content=True).contents
    assert (TEXT in content.value, content.where) == (True, "text")
    assert extract_article(page_of("", URL), content=True).contents == ()


def test_every_extractor_stands_in_the_table_with_a_run_that_it_can_fill() -> None:
    runs = {"story", "titles", "published", "images", "authors", "tags"}
    assert {run for run, _ in IF_OPEN} <= runs
    assert not set(ALWAYS) & {extract for _, extract in IF_OPEN}


def test_an_empty_page_offers_nothing() -> None:
    draft = draft_of("", "https://www.mole-post.example/")
    assert not any((draft.titles, draft.published, draft.images, draft.authors, draft.tags))


def test_what_a_declared_story_tells_is_not_looked_for_elsewhere() -> None:
    node = {
        "@type": "NewsArticle",
        "headline": "The harbour bell returns",
        "datePublished": "2025-02-06T18:52:00Z",
        "author": {"@type": "Person", "name": "Ida Brandt"},
        "keywords": "Bells",
        "image": "/p/bell-on-quay.jpg",
    }
    body = story(
        '<p class="byline">By Eve Other</p><time datetime="2020-01-01T00:00Z">x</time><a rel="tag" href="/t">T</a>'
    )
    draft = draft_of(page(ld(node), body))
    places = {c.where for run in (draft.published, draft.authors, draft.tags) for c in run}
    assert places == {f"json-ld NewsArticle.{name}" for name in ("datePublished", "author", "keywords")}


def test_provenance_names_the_place_of_each_value() -> None:
    entry = entry_of(page('<meta name="description" content="It rings.">', story("<p class=byline>By Ida Brandt</p>")))
    assert entry.provenance == {
        "title": "h1",
        "summary": "meta description",
        "published": "address",
        "authors": "byline in opening",
        "language": "html lang",
    }
