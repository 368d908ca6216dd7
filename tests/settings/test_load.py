"""What a settings file that is right gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from zoneinfo import ZoneInfo

from feedmaker.model import (
    FetchPolicy,
    Field,
    FieldRule,
    Filters,
    Follow,
    Kind,
    ListingRules,
    Merge,
    OnEdit,
    Rendering,
    Schedule,
    Selector,
    SiteFunction,
    Source,
)
from feedmaker.settings import Settings, load_settings
from feedmaker.settings.patterns import pattern_of_words

Load = Callable[[str | bytes], Settings]
SHIPPED = Path(__file__).parents[2] / "config" / "sources.yaml"
DESIGN = """
output: ./feeds
base_url: https://feeds.example.org
hub: https://hub.example.org/
contact: https://example.org/about
allow_private: [10.1.0.0/16, "::1"]
allow_ports: [8000]
defaults: {every: 1h, keep: 50, follow: none, delay: 2s, category: News}
sources:
  sputnik-americas:
    url: https://sputnikglobe.com/americas/
    title: Americas
    every: 15m
    follow: full
    timezone: Europe/Moscow
    items: .list__item
    fields: {title: .list__title, image: img@data-src, published: "@data-unixtime"}
    link_pattern: /20\\d{6}/
    include: {url: americas}
    exclude: {title: "^Podcast:"}
  short: https://example.org/news/
"""


def test_every_setting_of_all_feeds_comes_out_as_a_value(load: Load, tmp_path: Path) -> None:
    settings = load(DESIGN)
    assert settings == Settings(
        path=tmp_path / "sources.yaml",
        output=tmp_path / "feeds",
        state=tmp_path / "feedmaker.db",
        base_url="https://feeds.example.org/",
        hub="https://hub.example.org/",
        fetch=FetchPolicy(
            contact="https://example.org/about",
            allow_private=(IPv4Network("10.1.0.0/16"), IPv6Network("::1/128")),
            allow_ports=frozenset({8000}),
        ),
        sources=settings.sources,
        recordings=tmp_path / "recordings",
    )


def test_every_setting_of_a_source_comes_out_as_a_value(load: Load) -> None:
    assert load(DESIGN).sources == (
        Source(
            "sputnik-americas",
            "https://sputnikglobe.com/americas/",
            title="Americas",
            category="News",
            schedule=Schedule(every=timedelta(minutes=15)),
            keep=50,
            follow=Follow.FULL,
            delay=timedelta(seconds=2),
            timezone=ZoneInfo("Europe/Moscow"),
            rules=ListingRules(
                Selector(".list__item"),
                {
                    Field.TITLE: FieldRule((Selector(".list__title"),)),
                    Field.IMAGE: FieldRule((Selector("img", attribute="data-src"),)),
                    Field.PUBLISHED: FieldRule((Selector("", attribute="data-unixtime"),)),
                },
                r"/20\d{6}/",
            ),
            filters=Filters({Field.URL: "americas"}, {Field.TITLE: "^Podcast:"}),
        ),
        Source(
            "short",
            "https://example.org/news/",
            category="News",
            schedule=Schedule(every=timedelta(hours=1)),
            keep=50,
            follow=Follow.NONE,
            delay=timedelta(seconds=2),
        ),
    )


def test_a_name_and_an_address_are_a_whole_file_and_the_rest_has_the_defaults_of_the_model(load: Load) -> None:
    settings = load("sources: {news: https://example.org/}")
    assert settings.sources == (Source("news", "https://example.org/"),)
    assert settings.fetch == FetchPolicy()
    assert settings.base_url is None


def test_the_limits_of_fetching_reach_the_policy(load: Load) -> None:
    settings = load(
        "proxy: http://user:pass@proxy.example.org:3128\ndeadline: 1m\nmax_bytes: 1000\nhosts_at_once: 4\n"
        "sources: {news: https://example.org/}"
    )
    assert settings.fetch == FetchPolicy(
        proxy="http://user:pass@proxy.example.org:3128",
        deadline=timedelta(minutes=1),
        max_bytes=1000,
        hosts_at_once=4,
    )


def test_an_option_of_a_source_replaces_the_default_as_a_whole(load: Load) -> None:
    text = """
defaults: {exclude: {title: Podcast}, fields: {title: h3}, timezone: Asia/Tokyo}
sources:
  a: https://a.example/
  b: {url: https://b.example/, exclude: {url: video}, fields: {title: h2}, timezone: UTC}
  c: {url: https://c.example/, exclude: {}}
"""
    a, b, c = load(text).sources
    assert a.filters.exclude == {Field.TITLE: "Podcast"}
    assert b.filters.exclude == {Field.URL: "video"}
    assert c.filters.exclude == {}
    assert (a.timezone, b.timezone) == (ZoneInfo("Asia/Tokyo"), ZoneInfo("UTC"))
    assert b.rules.fields == {Field.TITLE: FieldRule((Selector("h2"),))}


def test_a_key_without_a_value_counts_as_not_given(load: Load) -> None:
    text = "base_url:\ndefaults:\nsources:\n  news:\n    url: https://example.org/\n    every: ~\n    fields: null\n"
    assert load(text).sources == (Source("news", "https://example.org/"),)


def test_a_rule_is_a_selector_a_list_or_a_mapping(load: Load) -> None:
    text = """
sources:
  news:
    url: https://example.org/
    fields:
      title: h2
      image: [img@data-src, "img@src"]
      url: {select: a@data-id, regex: "[0-9]+", template: "https://example.org/{url}"}
      summary: {select: [p, .teaser]}
      authors: {constant: The editors}
      tags: "xpath:.//a[@rel='tag']"
"""
    assert load(text).sources[0].rules.fields == {
        Field.TITLE: FieldRule((Selector("h2"),)),
        Field.IMAGE: FieldRule((Selector("img", attribute="data-src"), Selector("img", attribute="src"))),
        Field.URL: FieldRule(
            (Selector("a", attribute="data-id"),), pattern="[0-9]+", template="https://example.org/{url}"
        ),
        Field.SUMMARY: FieldRule((Selector("p"), Selector(".teaser"))),
        Field.AUTHORS: FieldRule(constant="The editors"),
        Field.TAGS: FieldRule((Selector(".//a[@rel='tag']", is_xpath=True),)),
    }


def test_filters_by_words_expressions_age_and_number(load: Load) -> None:
    text = """
sources:
  news:
    url: https://example.org/
    include: {title: {words: [harbour, ferry]}, url: {regex: /town/}}
    exclude: {tags: {words: sponsored}, title: "^Podcast:"}
    max_age: 30d
    unique_by: title
    limit: 50
"""
    assert load(text).sources[0].filters == Filters(
        {Field.TITLE: pattern_of_words(["harbour", "ferry"]), Field.URL: "/town/"},
        {Field.TAGS: pattern_of_words(["sponsored"]), Field.TITLE: "^Podcast:"},
        max_age=timedelta(days=30),
        unique_by=Field.TITLE,
        limit=50,
    )


def test_how_long_entries_are_kept_and_read_again(load: Load) -> None:
    text = "sources: {news: {url: https://example.org/, keep_for: 90d, reread: 0s, on_edit: new}}"
    (source,) = load(text).sources
    assert (source.keep_for, source.reread, source.on_edit) == (timedelta(days=90), timedelta(0), OnEdit.NEW)


def test_a_function_of_ones_own_is_named_and_not_yet_looked_for(load: Load, tmp_path: Path) -> None:
    (source,) = load("sources: {news: {url: https://example.org/, site: no.such.module:Class.method}}").sources
    assert source.site == SiteFunction("no.such.module", "Class.method", tmp_path)


def test_merged_feeds_have_their_sources_in_the_order_given(load: Load) -> None:
    text = """
sources: {a: https://a.example/, b: https://b.example/}
merge:
  short: [b, a]
  long: {sources: [a], title: All, category: News, keep: 20}
"""
    settings = load(text)
    a, b = settings.sources
    assert settings.merges == (Merge("short", (b, a)), Merge("long", (a,), "All", 20, "News"))


def test_a_browser_is_wanted_or_not_or_told_more(load: Load) -> None:
    text = """
archive: pages
defaults: {browser: true}
sources:
  a: https://a.example/
  b: {url: https://b.example/, browser: false}
  c: {url: https://c.example/, browser: {wait_for: .a, more: .b, articles: true}}
  d: {url: https://d.example/, browser: {more: .b, times: 3}}
"""
    settings = load(text)
    assert [source.browser for source in settings.sources] == [
        Rendering(),
        None,
        Rendering(".a", ".b", 1, True),
        Rendering(None, ".b", 3),
    ]
    assert settings.archive == settings.path.parent / "pages"


def test_what_an_address_gives_and_how_far_it_is_read(load: Load) -> None:
    text = """
defaults: {robots: ignore, pages: 2}
sources:
  api: {url: https://a.example/, kind: json, items: "json:$.data", fields: {title: "json:$.head"}, max_requests: 9}
  page: {url: https://b.example/, robots: honour, pages: 1}
"""
    api, page = load(text).sources
    assert api.rules == ListingRules(
        Selector("$.data", is_json=True), {Field.TITLE: FieldRule((Selector("$.head", is_json=True),))}, kind=Kind.JSON
    )
    assert (api.robots, api.pages, api.max_requests) == (False, 2, 9)
    assert (page.robots, page.pages, page.max_requests) == (True, 1, None)


def test_the_shipped_file_reads_sputniks_americas_section() -> None:
    settings = load_settings(SHIPPED)
    root = SHIPPED.parent.parent
    (source,) = settings.sources
    assert (settings.output, settings.state) == (root / "feeds", root / "feedmaker.db")
    assert (source.name, source.url) == ("sputnik-americas", "https://sputnikglobe.com/americas/")
    assert source.rules.items == Selector(".list__item")
    assert source.rules.fields[Field.TITLE].selectors == (Selector(".list__title"),)
    assert source.rules.fields[Field.IMAGE].selectors[0] == Selector("img", attribute="data-src")
    assert source.rules.fields[Field.PUBLISHED].selectors[0].attribute == "data-unixtime"
