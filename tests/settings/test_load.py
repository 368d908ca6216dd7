"""What a settings file that is right gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feedmaker.errors import SettingsError, UnknownSource
from feedmaker.model import (
    Database,
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
from feedmaker.settings import Settings, load_settings, pick
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


def test_every_setting_of_the_design_comes_out_as_a_value(load: Load, tmp_path: Path) -> None:
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
    assert settings.sources == (
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


def test_paths_count_from_the_settings_file_and_absolute_ones_stay(load: Load, tmp_path: Path) -> None:
    settings = load("output: ../feeds\nstate: /var/lib/feedmaker.db\nsources: {news: https://example.org/}")
    assert settings.output == tmp_path.parent / "feeds"
    assert settings.state == Path("/var/lib/feedmaker.db")


def test_a_tilde_is_the_home_folder(load: Load) -> None:
    assert load("output: ~/feeds\nsources: {news: https://example.org/}").output == Path.home() / "feeds"


def test_a_path_relative_to_the_working_folder_gives_absolute_paths(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load("sources: {news: https://example.org/}")
    monkeypatch.chdir(tmp_path)
    assert load_settings(Path("sources.yaml")).output == tmp_path / "feeds"


@pytest.mark.parametrize(
    ("default", "own", "expected"),
    [
        ("every: 1h", "", Schedule(every=timedelta(hours=1))),
        ("every: 1h", "every: 2h", Schedule(every=timedelta(hours=2))),
        ("every: 1h", 'cron: "0 6 * * *"', Schedule(cron="0 6 * * *", timezone=UTC)),
        ('cron: "0 6 * * *"', "every: 2h", Schedule(every=timedelta(hours=2))),
        ('cron: "0 6 * * *"', "", Schedule(cron="0 6 * * *", timezone=UTC)),
        (
            'cron: "0 6 * * 1"',
            "timezone: Asia/Tokyo",
            Schedule(cron="0 6 * * mon", timezone=ZoneInfo("Asia/Tokyo")),
        ),
    ],
)
def test_a_schedule_of_a_source_replaces_the_default_one_of_either_kind(
    load: Load, default: str, own: str, expected: Schedule
) -> None:
    text = f"defaults:\n  {default}\nsources:\n  news:\n    url: https://example.org/\n    {own}\n"
    assert load(text).sources[0].schedule == expected


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


def test_sources_are_picked_by_name_in_the_order_of_the_file(load: Load) -> None:
    settings = load("sources: {a: https://a.example/, b: https://b.example/, c: https://c.example/}")
    assert [source.name for source in pick(settings, ["c", "a", "c"])] == ["a", "c"]
    assert pick(settings, []) == settings.sources


def test_picking_unknown_names_tells_of_each_with_the_nearest_known_one(load: Load) -> None:
    sources = "americas: https://a.example/, europe: https://b.example/"
    settings = load(f"merge: {{all: [americas, europe]}}\nsources: {{{sources}}}")
    with pytest.raises(UnknownSource) as raised:
        pick(settings, ["america", "europe", "xyz", "all"])
    path = settings.path
    assert str(raised.value).splitlines() == [
        f'No source in {path} is named "america". Did you mean "americas"?',
        f'No source in {path} is named "xyz". Valid here: americas, europe.',
        f'No source in {path} is named "all". It is a merged feed, written with its sources: americas, europe.',
    ]


def test_of_thousands_of_names_none_is_listed(load: Load) -> None:
    settings = load("sources: {" + ", ".join(f"town-{n}: https://{n}.example/" for n in range(5000)) + "}")
    with pytest.raises(UnknownSource, match=r"status` shows all names\.$"):
        pick(settings, ["xyz"])
    with pytest.raises(UnknownSource, match='Did you mean "town-4999"'):
        pick(settings, ["towm-4999"])


@pytest.mark.parametrize("text", ["s3://feeds", "s3://feeds/", "s3://my.feeds-2/news/of_the_day"])
def test_output_may_be_a_bucket(load: Load, text: str) -> None:
    settings = load(f"output: {text}\nsources: {{news: https://example.org/}}")
    assert settings.bucket == settings.destination == text.rstrip("/")


def test_a_folder_is_where_feeds_go_unless_a_bucket_is_given(load: Load, tmp_path: Path) -> None:
    settings = load("output: out\nsources: {news: https://example.org/}")
    assert (settings.bucket, settings.destination) == (None, str(tmp_path / "out"))


@pytest.mark.parametrize(
    "text", ["s3://", "s3://UPPER/x", "s3://key:secret@feeds", "gs://feeds", "s3://feeds/../x", "s3://feeds//x"]
)
def test_an_address_that_is_no_buckets_is_a_fault(load: Load, text: str) -> None:
    with pytest.raises(SettingsError, match=r"output: Expected the address of a bucket such as s3://bucket/prefix"):
        load(f"output: {text}\nsources: {{news: https://example.org/}}")


def test_how_often_a_source_is_refreshed_is_said_in_four_ways(load: Load) -> None:
    settings = load(
        """
defaults: {every: {longest: 1d}, timezone: Europe/Berlin}
sources:
  by-default: https://example.org/a/
  adaptive: {url: https://example.org/b/, every: adaptive}
  bounded: {url: https://example.org/c/, every: {shortest: 5m, longest: 2h}, timezone: Asia/Tokyo}
  fixed: {url: https://example.org/d/, every: 1h}
  named: {url: https://example.org/e/, cron: "0 6 * * *"}
"""
    )
    berlin, tokyo = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
    assert [source.schedule for source in settings.sources] == [
        Schedule(timezone=berlin, longest=timedelta(days=1)),
        Schedule(timezone=berlin),
        Schedule(timezone=tokyo, shortest=timedelta(minutes=5), longest=timedelta(hours=2)),
        Schedule(every=timedelta(hours=1)),
        Schedule(cron="0 6 * * *", timezone=berlin),
    ]
    assert [source.schedule.is_adaptive for source in settings.sources] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{shortest: 2h, longest: 1h}", "The longest wait, 1h, is shorter than the shortest, 2h."),
        ("{longest: 5m}", "The longest wait, 5m, is shorter than the shortest, 10m."),
        ("{longest: 30d}", "from 1s to 7d"),
        ("{often: 5m}", "Valid here: shortest, longest"),
        ("adaptiv", "a duration such as"),
    ],
)
def test_bounds_that_cannot_hold_are_refused(load: Load, written: str, expected: str) -> None:
    with pytest.raises(SettingsError, match=expected):
        load(f"sources: {{news: {{url: https://example.org/, every: {written}}}}}")


def test_the_state_may_be_a_database_whose_password_is_shown_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    environment = {"PASSWORD": "s3cret", "DATABASE_URL": "postgres://reader:s3cret@db.example:5433/news"}
    for written, shown in (
        ("postgresql://reader:${PASSWORD}@db.example/news?sslmode=require", "postgresql://db.example/news"),
        ("${DATABASE_URL}", "postgresql://db.example:5433/news"),
    ):
        path.write_text(f"state: {written}\nsources: {{news: https://example.org/}}\n")
        settings = load_settings(path, environment)
        assert isinstance(settings.state, Database)
        assert "s3cret" in settings.state.url
        assert settings.state.url.startswith("postgresql://")
        assert str(settings.state) == shown
        assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    "written", ["mysql://reader:s3cret@db/news", "postgresql://reader:s3cret@db", "postgresql://reader:s3cret@[x/y"]
)
def test_an_address_that_is_no_database_is_refused_without_being_repeated(load: Load, written: str) -> None:
    with pytest.raises(SettingsError, match="the address of a database such as") as refused:
        load(f"state: {written}\nsources: {{news: https://example.org/}}")
    assert "s3cret" not in str(refused.value)


def test_an_archive_says_how_long_it_keeps_pages(load: Load, tmp_path: Path) -> None:
    settings = load("archive: {folder: pages, keep_pages: 90d}\nsources: {news: https://example.org/}")
    assert (settings.archive, settings.keep_pages) == (tmp_path / "pages", timedelta(days=90))
    settings = load("archive: pages\nsources: {news: https://example.org/}")
    assert (settings.archive, settings.keep_pages) == (tmp_path / "pages", timedelta(days=365))
