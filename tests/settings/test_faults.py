"""Everything that is wrong with a file, at once, each with its line, setting, message and hint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedmaker.errors import SettingsFault

Faults = Callable[[str | bytes], tuple[SettingsFault, ...]]
TEN = """\
output: ../feeds
keeps: 3
allow_private: [10.1.2.3/16]
defaults:
  every: 30
  follow: metdata
sources:
  americas:
    url: sputnikglobe.com/americas/
    timezone: Moscow
    items: .list[
    fields:
      titel: h2
  World News: https://example.org/
  sport:
    url: https://user:secret@example.org/
  americas: https://example.org/
"""


def test_ten_faults_of_ten_kinds_come_at_once_with_their_lines(faults: Faults, tmp_path: Path) -> None:
    found = faults(TEN)
    assert [(fault.line, fault.key) for fault in found] == [
        (2, "keeps"),
        (3, "allow_private.0"),
        (5, "defaults.every"),
        (6, "defaults.follow"),
        (9, "sources.americas.url"),
        (10, "sources.americas.timezone"),
        (11, "sources.americas.items"),
        (13, "sources.americas.fields.titel"),
        (14, "sources.World News"),
        (16, "sources.sport.url"),
        (17, "sources.americas"),
    ]
    assert [fault.hint for fault in found] == [
        'Did you mean "keep", which belongs to a source or defaults?',
        "Write 10.1.0.0/16.",
        "Write 30s or 30m.",
        'Did you mean "metadata"?',
        "Write https://sputnikglobe.com/americas/",
        'Did you mean "Europe/Moscow"?',
        None,
        'Did you mean "title"?',
        'Write "world-news".',
        "Remove what stands before the @.",
        "Keep one of them.",
    ]
    assert {fault.path for fault in found} == {tmp_path / "sources.yaml"}
    assert "secret" not in "".join(map(str, found))


def source(options: str) -> str:
    return f"sources:\n  news:\n    url: https://example.org/\n    {options}\n"


def merge(text: str) -> str:
    return f"sources:\n  news: https://example.org/\nmerge:\n  {text}\n"


def top(setting: str) -> str:
    return f"{setting}\nsources: {{news: https://example.org/}}\n"


ONE = [
    (top("bas_url: https://example.org/"), 1, "bas_url", 'Did you mean "base_url"?'),
    (top("base-url: https://example.org/"), 1, "base-url", 'Did you mean "base_url"?'),
    (top("zzz: 1"), 1, "zzz", "Valid here: output, state,"),
    (top("url: x"), 1, "url", '"url" belongs to a source'),
    (source("select: a"), 4, "sources.news.select", '"select" belongs to the rule of a field'),
    (source("contact: a"), 4, "sources.news.contact", '"contact" belongs to the top level'),
    (top("output: [a]"), 1, "output", "Expected text, found a list."),
    (top("output: ''"), 1, "output", "Expected text, found none."),
    (top("output: ~nobody-of-that-name/x"), 1, "output", "Write the whole path."),
    (top("hub: example.org\nbase_url: https://example.org/"), 1, "hub", "Write https://example.org"),
    (top("hub: https://example.org/"), 1, "hub", "A hub needs base_url"),
    (source("category: [a]"), 4, "sources.news.category", "Expected text, found a list."),
    (top("state: 7"), 1, "state", 'Put it in quotes if it is meant as text: "7".'),
    (top("allow_ports: 8000"), 1, "allow_ports", "Expected a list, found the number 8000. Write [8000]."),
    (top("allow_ports: [70000]"), 1, "allow_ports.0", "Expected a whole number of at most 65535"),
    (top("allow_ports: [true]"), 1, "allow_ports.0", "Expected a whole number, found true."),
    (top("allow_private: [localhost]"), 1, "allow_private.0", "Write 127.0.0.0/8."),
    (top("max_bytes: 0"), 1, "max_bytes", "Expected a whole number of at least 1, found the number 0."),
    (top("max_bytes: 1.5"), 1, "max_bytes", "Expected a whole number, found the number 1.5."),
    (top("deadline: 2h"), 1, "deadline", "Expected a duration from 1s to 1h, found 2h."),
    (top("defaults: 30m"), 1, "defaults", 'Expected a mapping, found "30m".'),
    (top("defaults: {url: https://example.org/}"), 1, "defaults.url", '"url" belongs to a source.'),
    (source('keep: "200"'), 4, "sources.news.keep", "Write 200 without quotes."),
    (source("every: 15m\n    cron: 0 6 * * *"), 5, "sources.news.cron", "Both every and cron are given."),
    (source("fields: {title: }\n    zzz:"), 5, "sources.news.zzz", "There is no such setting."),
    (source("kind: rss"), 4, "sources.news.kind", "Expected auto, page, feed, sitemap, json or wordpress, found"),
    (source("robots: ignored"), 4, "sources.news.robots", 'Did you mean "ignore"?'),
    (source("robots: true"), 4, "sources.news.robots", "Expected honour or ignore, found true."),
    (source("pages: 0"), 4, "sources.news.pages", "at least 1"),
    (source("max_requests: 1h"), 4, "sources.news.max_requests", 'Expected a whole number, found "1h".'),
    (source("kind: feed\n    items: json:$.a"), 5, "sources.news.items", "A feed has nothing that json: could"),
    (source("kind: page\n    fields: {title: [h2, json:$.a]}"), 5, "sources.news.fields.title", "Write `kind: json`"),
    (source("kind: page\n    fields: {url: {select: json:$.a}}"), 5, "sources.news.fields.url", "remove `kind`"),
    (source("reread: 60d"), 4, "sources.news.reread", "Expected a duration from 0s to 30d, found 60d."),
    (source("on_edit: replace"), 4, "sources.news.on_edit", "Expected ignore, update or new"),
    (source("keep_for: 90"), 4, "sources.news.keep_for", "Write 90s or 90m."),
    (source("site: sites/town.py:entries"), 4, "sources.news.site", "Write sites.town:entries."),
    (source("site: my.sites.entries"), 4, "sources.news.site", "Write my.sites:entries."),
    (
        source("site: town"),
        4,
        "sources.news.site",
        "Expected a function such as my_sites:town or",
    ),
    (source("site: import:entries"), 4, "sources.news.site", "found"),
    (source("site: a:b\n    items: .card"), 5, "sources.news.items", "The function of `site` finds the entries"),
    (source("browser: yes"), 4, "sources.news.browser", 'found "yes". Write true.'),
    (source("browser: [a]"), 4, "sources.news.browser", "Expected true, false or a mapping, found a list."),
    (source("browser: {wait: .a}"), 4, "sources.news.browser.wait", 'Did you mean "wait_for"?'),
    (source("browser: {wait_for: a@href}"), 4, "sources.news.browser.wait_for", "Expected a CSS selector"),
    (source("browser: {times: 99}"), 4, "sources.news.browser.times", "at most 50"),
    (source("browser: {articles: 1}"), 4, "sources.news.browser.articles", "Expected true or false, found the number"),
    (source("fields: {title: {}}"), 4, "sources.news.fields.title", "The rule says nothing."),
    (source("fields: {title: []}"), 4, "sources.news.fields.title", "at least one"),
    (source("fields: {title: {regex: a}}"), 4, "sources.news.fields.title.regex", "Add `select`."),
    (source("fields: {title: {constant: a, select: b}}"), 4, "sources.news.fields.title.constant", "go with select."),
    (source("fields: {title: {selekt: b}}"), 4, "sources.news.fields.title.selekt", 'Did you mean "select"?'),
    (source("fields: {title: {select: [b, 3]}}"), 4, "sources.news.fields.title.select.1", "Put it in quotes"),
    (source("fields: [title]"), 4, "sources.news.fields", "Expected a mapping, found a list."),
    (source("fields:\n      title:\n        - h2\n        - h3["), 7, "sources.news.fields.title.1", "Expected a sel"),
    (source("include: {titles: a}"), 4, "sources.news.include.titles", 'Did you mean "title"?'),
    (source("exclude: {title: (}"), 4, "sources.news.exclude.title", "Expected a regular expression"),
    (
        source("exclude: {title: [a, b]}"),
        4,
        "sources.news.exclude.title",
        "Expected a regular expression, found a list.",
    ),
    (source("exclude: {title: {}}"), 4, "sources.news.exclude.title", "Add `words` or `regex`."),
    (source("include: {title: {words: a, regex: b}}"), 4, "sources.news.include.title.regex", "Both words and regex"),
    (source("include: {title: {word: a, regex: b}}"), 4, "sources.news.include.title.word", 'Did you mean "words"?'),
    (source("include: {title: {words: []}}"), 4, "sources.news.include.title.words", "at least one"),
    (source("include: {title: {words: [a, ' ']}}"), 4, "sources.news.include.title.words.1", "found none"),
    (source(f"include: {{title: {{words: {'a' * 101}}}}}"), 4, "sources.news.include.title.words", "at most 100"),
    (source("words: a"), 4, "sources.news.words", '"words" belongs to include or exclude.'),
    (source("max_age: 30"), 4, "sources.news.max_age", "Write 30s or 30m."),
    (source("unique_by: headline"), 4, "sources.news.unique_by", '"headline" is no field of an entry.'),
    (source("limit: 0"), 4, "sources.news.limit", "at least 1"),
    (source("exclude: {title: 2024}"), 4, "sources.news.exclude.title", 'in quotes if it is meant as text: "2024".'),
    ("", 1, "", "Expected a mapping of settings, found nothing."),
    ("# nothing\n", 1, "", "Write `sources:` and a source below it."),
    ("- a", 1, "", "Expected a mapping of settings, found a list."),
    ("output: x", 1, "sources", "There is no source."),
    ("output: x\nsources:", 2, "sources", "There is no source."),
    (merge("news: [news]"), 4, "merge.news", "A source has this name, too, on line 2."),
    (merge("all: [neews]"), 4, "merge.all.0", 'No source is named "neews". Did you mean "news"?'),
    (merge("all: {sources: [news, news]}"), 4, "merge.all.sources.1", 'The source "news" is named twice.'),
    (merge("all: []"), 4, "merge.all", "Expected a list of at least one"),
    (merge("all: {title: All}"), 4, "merge.all.sources", "Missing. Write the names of the sources."),
    (merge("all: {sources: news}"), 4, "merge.all.sources", "Write [news]."),
    (merge("all: {sources: [news], titel: All}"), 4, "merge.all.titel", 'Did you mean "title"?'),
    (merge("All: [news]"), 4, "merge.All", 'Write "all".'),
    ("sources: {}", 1, "sources", "There is no source."),
    ("sources: [https://example.org/]", 1, "sources", "Expected a mapping, found a list."),
    ("sources:\n  news:", 2, "sources.news.url", "Missing. Write the address of the section's page."),
    ("sources:\n  news: {title: x}", 2, "sources.news.url", "Missing."),
    ("sources:\n  news: 7", 2, "sources.news", "Expected a mapping, found the number 7."),
    ("sources:\n  news: example.org", 2, "sources.news", "Write https://example.org"),
    ("sources:\n  News: https://example.org", 2, "sources.News", 'Write "news".'),
    (
        "sources:\n  a: https://example.org/\n  b: https://example.org",
        3,
        "sources.b",
        'Makes the same feed as the source "a" on line 2.',
    ),
]


@pytest.mark.parametrize(("text", "line", "key", "words"), ONE, ids=[f"{key}: {words}" for _, _, key, words in ONE])
def test_one_fault_is_told_with_its_line_its_key_and_what_to_do(
    faults: Faults, text: str, line: int, key: str, words: str
) -> None:
    (fault,) = faults(text)
    assert (fault.line, fault.key) == (line, key)
    assert words in str(fault)


def test_a_fault_reads_as_file_line_key_message_and_hint(faults: Faults, tmp_path: Path) -> None:
    (fault,) = faults(source("evry: 15m"))
    assert str(fault) == (
        f'{tmp_path}/sources.yaml:4: sources.news.evry: There is no such setting. Did you mean "every"?'
    )


def test_the_same_address_with_other_rules_makes_another_feed(faults: Faults) -> None:
    text = """
sources:
  a: https://example.org/
  b: {url: https://example.org/, include: {title: sport}}
  c: {url: https://example.org/, every: 1h}
"""
    assert [fault.key for fault in faults(text)] == ["sources.c"]


def test_of_too_many_faults_the_first_thousand_are_told(faults: Faults) -> None:
    found = faults("sources: {news: https://example.org/}\n" + "".join(f"x{number}: 1\n" for number in range(3000)))
    assert len(found) == 1000
    assert found[0].line == 2
    assert found[-1].message == "Many more faults follow."
