"""Tags: declared ones first, links to topics where none are declared."""

from __future__ import annotations

import pytest

from tests.extract.article.reading import TEXT, entry_of, ld, page, story


def tags(end: str = "", head: str = "") -> tuple[str, ...]:
    return entry_of(page(head, story("<p>Bells and harbours, divers and lamps: so it goes in Mole.</p>", end))).tags


@pytest.mark.parametrize(
    "links",
    [
        '<p>Filed under: <a rel="tag" href="/t/1">Bells</a>, <a rel="tag" href="/t/2">Divers</a></p>',
        '<ul class="tags"><li><a rel="tag" href="/t/1">Bells</a></li><li><a rel="tag" href="/t/2">Divers</a></li></ul>',
        '<ul class="topics"><li><a href="/1">Bells</a></li><li><a href="/2">Divers</a></li></ul>',
        '<ul><li><a href="/tag/1">Bells</a></li><li><a href="/tag/2">#Divers</a></li></ul>',
        '<div><span><a href="/x/1">Bells</a></span><span><a href="/x/2">Divers</a></span></div>',
        "<ol><li><button><!-- --><a href='/topic/1'>Bells</a></button></li><li><a href='/topic/2'>Divers</a></li></ol>",
        '<footer><div aria-label="tags"><a href="/1">Bells</a><a href="/2">Divers</a></div></footer>',
    ],
)
def test_links_to_topics_are_tags_where_none_are_declared(links: str) -> None:
    assert tags(links) == ("Bells", "Divers")


@pytest.mark.parametrize(
    "links",
    [
        '<ul class="city"><li><a href="/1">Politics</a></li><li><a href="/2">Weather</a></li></ul>',
        '<div style="display: none"><ul class="tags"><li><a href="/1">Bells</a></li></ul></div>',
        '<aside><ul><li><a href="/1">Bells</a></li><li><a href="/2">Divers</a></li></ul></aside>',
        '<ul><li><a href="https://x.example/1">Bells</a></li><li><a href="https://x.example/2">Divers</a></li></ul>',
        '<p>We wrote of <a href="/1">Bells</a> and <a href="/2">Divers</a></p>',
        '<ul><li><a href="/1">Bells and harbours, divers and lamps: so it goes</a></li></ul>',
        '<div><a href="#bells">Bells</a><a href="">Divers</a></div>',
    ],
)
def test_other_links_are_no_tags(links: str) -> None:
    assert tags(links) == ()


@pytest.mark.parametrize(
    "links",
    [
        '<div class="articleTags"><i class="tag"><a href="/1">Politics</a></i></div><div><a href="/2">Home</a></div>',
        '<ul class="tags"><li><a href="/1">Politics</a></li></ul>',
    ],
)
def test_a_box_named_after_tags_holds_tags_though_the_story_does_not_mention_them(links: str) -> None:
    assert tags(links) == ("Politics",)


def test_a_cloud_of_tags_outside_of_the_story_is_not_its_own() -> None:
    cloud = '<ul class="tags"><li><a href="/1">Politics</a></li><li><a href="/2">Weather</a></li></ul>'
    assert entry_of(page(body=story() + cloud)).tags == ()


def test_declared_tags_spare_the_walk_through_the_links() -> None:
    links = '<p><a rel="tag" href="/t/1">Bells</a></p>'
    assert tags(links, '<meta name="keywords" content="Harbour">') == ("Harbour",)


def test_a_group_that_another_source_confirms_comes_before_one_that_stands_alone() -> None:
    head = ld(
        {
            "@type": "Article",
            "headline": "x",
            "keywords": ["front page"],
            "articleSection": ["Bells", "Divers", "Lamps"],
        }
    )
    assert tags(head=head + '<meta name="keywords" content="Bells, Divers, Lamps">') == ("Bells", "Divers", "Lamps")


def test_two_sources_with_the_same_tags_come_before_one_with_more() -> None:
    more = {"@type": "Article", "headline": "x", "keywords": ["Bells", "Divers", "webgallery"]}
    metas = '<meta name="keywords" content="Bells, Divers"><meta name="news_keywords" content="bells,divers">'
    entry = entry_of(page(ld(more) + metas, story()))
    assert (entry.tags, entry.provenance["tags"]) == (("bells", "divers"), "meta news_keywords")


EVERYWHERE = '<meta name="keywords" content="Shopping, Stocks, Ferries">'


def test_keywords_that_the_story_does_not_mention_give_way_to_topics_that_it_does() -> None:
    links = '<ul class="topics"><li><a href="/1">Bells</a></li><li><a href="/2">Divers</a></li></ul>'
    long_story = story("<p>Bells and harbours, divers and lamps: so it goes in Mole.</p>" + f"<p>{TEXT * 9}</p>", links)
    assert entry_of(page(EVERYWHERE, long_story)).tags == ("Bells", "Divers")
    mentioned = EVERYWHERE.replace("Ferries", "Harbour bell")
    assert entry_of(page(mentioned, long_story)).tags == ("Shopping", "Stocks", "Harbour bell")


def test_keywords_that_the_story_does_not_mention_stand_where_there_are_no_others() -> None:
    entry = entry_of(page(EVERYWHERE, story(f"<p>{TEXT * 9}</p>")))
    assert (entry.tags, entry.provenance["tags"]) == (
        ("Shopping", "Stocks", "Ferries"),
        "unmentioned meta keywords",
    )


def test_the_title_the_site_and_the_authors_are_no_tags() -> None:
    head = '<meta property="og:site_name" content="Mole Post"><meta name="author" content="Ida Brandt">'
    keywords = '<meta name="keywords" content="The harbour bell returns, mole-post, Ida Brandt, MolePost, Bells">'
    assert tags(head=head + keywords) == ("Bells",)
