"""Sources added to a file that a person wrote: nothing else of it changes."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedmaker.errors import OutputError, SettingsError
from feedmaker.model import Source
from feedmaker.settings import load_settings
from feedmaker.settings.editing import add_source
from feedmaker.settings.file import UNUSABLE

URL = "https://example.org/new/"
HAND_WRITTEN = """\
# My feeds; do not touch!

output:   "./feeds"        # two ways of quoting
contact: 'https://example.org/about'
sources:   # the papers

    # The town's own paper.
    town:   {url: https://town.example/ , keep: 20}
    world:
        url:  https://world.example/   # the section, not the home page
        fields:
            title: [h2,   h3]

    # sport: https://sport.example/

# What holds for all.
defaults: {every: 1h}

# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sources.yaml"


def added(path: Path, text: str, values: Mapping[str, object] | None = None) -> str:
    """The file after a source ``new`` was added to this text."""
    path.write_bytes(text.encode())
    add_source(path, "new", values or {"url": URL})
    loaded = {source.name: source for source in load_settings(path).sources}
    assert list(loaded)[-1] == "new"
    assert loaded["new"].url == URL
    return path.read_bytes().decode()


def test_comments_order_layout_and_every_other_byte_stay(path: Path) -> None:
    after = added(path, HAND_WRITTEN, {"url": URL, "every": "6h", "include": {"title": {"words": ["a", "b"]}}})
    mine = f"""\
    new:
      url: {URL}
      every: 6h
      include:
        title:
          words:
          - a
          - b
"""
    at = HAND_WRITTEN.index("\n    # sport:")
    assert after == HAND_WRITTEN[:at] + mine + HAND_WRITTEN[at:]


def test_an_address_alone_takes_the_short_form(path: Path) -> None:
    assert f"\n    new: {URL}\n" in added(path, HAND_WRITTEN)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sources: {a: https://a.example/}\n", "sources: {a: https://a.example/, new: URL}\n"),
        (
            "sources: { a: {url: https://a.example/}, } # x\n",
            "sources: { a: {url: https://a.example/}, new: URL, } # x\n",
        ),
        ("sources: {\n  a: https://a.example/ # x\n}\n", "sources: {\n  a: https://a.example/, new: URL # x\n}\n"),
        ("sources: {}\n", "sources:\n  new: URL\n"),
        ("sources: {} # none yet\nkeep: #\n", None),
        ("sources: {} # none yet\noutput: x\n", "sources: # none yet\n  new: URL\noutput: x\n"),
        ("sources: {\n  # none yet\n}\n", "sources: {new: URL\n  # none yet\n}\n"),
        ("output: x\nsources:\n\n# the end\n", "output: x\nsources:\n  new: URL\n\n# the end\n"),
        ("sources: ~ # none yet\noutput: x\n", "sources: # none yet\n  new: URL\noutput: x\n"),
        ("sources:", "sources:\n  new: URL\n"),
        ("output: x # here\n# the end\n", "output: x # here\nsources:\n  new: URL\n# the end\n"),
        ("output: x", "output: x\nsources:\n  new: URL\n"),
        ("{output: x}\n", "{output: x, sources: {new: URL}}\n"),
        ("{output: x, sources: {}}\n", "{output: x, sources: {new: URL}}\n"),
        ("{output: x, sources: }\n", "{output: x, sources: {new: URL}}\n"),
        ("# nothing yet\n", "# nothing yet\nsources:\n  new: URL\n"),
        ("", "sources:\n  new: URL\n"),
    ],
)
def test_sources_in_braces_or_none_at_all(path: Path, before: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(SettingsError):
            added(path, before)
        assert path.read_text() == before
    else:
        assert added(path, before) == after.replace("URL", URL)


@pytest.mark.parametrize(
    "last",
    [
        "title: |\n      Two\n      lines\n",
        "title: |\n      Two\n      lines",
        "title: >-\n      Two\n\n      lines\n\n\n# the end\n",
        "title: |+\n      Two\n\n",
        'title: "two\n      lines"\n',
        "title: two\n      lines\n",
        "title:\n",
        "fields: {title: h2,\n      url: a}  # x\n",
        "fields:\n      title:\n        - h2\n        - h3\n",
        "title: x",
    ],
    ids=["literal", "literal without an end", "folded", "kept", "quoted", "plain", "empty", "flow", "list", "no end"],
)
def test_whatever_the_last_source_ends_with_stays_as_it_was(path: Path, last: str) -> None:
    before = f"sources:\n  old:\n    url: https://old.example/\n    {last}"
    path.write_text(before)
    (old,) = load_settings(path).sources
    after = added(path, before)
    assert trimmed(load_settings(path).sources[0]) == trimmed(old)
    assert after.replace(f"  new: {URL}\n", "").rstrip("\n") == before.rstrip("\n")


def trimmed(source: Source) -> Source:
    """The source without the line break that its title got when the file got one at its end."""
    return replace(source, title=source.title and source.title.rstrip())


def test_line_ends_and_the_byte_order_mark_stay(path: Path) -> None:
    before = "\ufeffsources:\r\n  old: https://old.example/\r\n# the end\r\n"
    assert added(path, before) == before.replace("# the end", f"  new: {URL}\r\n# the end")


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "of-mine" / "sources.yaml"
    add_source(path, "new", {"url": URL, "every": "2h"})
    assert path.read_text() == f"output: ./feeds\nsources:\n  new:\n    url: {URL}\n    every: 2h\n"
    assert stat.S_IMODE(path.stat().st_mode) & stat.S_IRUSR


def test_the_mode_of_the_file_stays(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    path.chmod(0o640)
    add_source(path, "new", {"url": URL})
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_to_the_file_stays_one(path: Path, tmp_path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    link = tmp_path / "link.yaml"
    link.symlink_to(path.name)
    add_source(link, "new", {"url": URL})
    assert link.is_symlink()
    assert "new:" in path.read_text()


def refused(path: Path, text: str, name: str, values: Mapping[str, object]) -> str:
    """What is said when a source cannot be added; the file stays, and nothing else is left."""
    path.write_text(text)
    with pytest.raises(SettingsError) as raised:
        add_source(path, name, values)
    assert path.read_text() == text
    assert list(path.parent.iterdir()) == [path]
    assert {fault.path for fault in raised.value.faults} == {path}
    return str(raised.value)


def test_a_name_that_is_taken_is_refused_with_its_line(path: Path) -> None:
    message = refused(path, HAND_WRITTEN, "world", {"url": URL})
    assert message == f'{path}:9: sources.world: A source of the name "world" exists. Choose another (--name).'
    merged = HAND_WRITTEN + "merge:\n  all: [town]\n"
    assert 'A merged feed of the name "all" exists.' in refused(path, merged, "all", {"url": URL})


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("New!", {"url": URL}, 'Write "new".'),
        ("new", {"url": "example.org"}, "Write https://example.org"),
        ("new", {"url": URL, "every": "soon"}, "sources.new.every: Expected a duration"),
        ("new", {"url": URL, "evry": "1h"}, 'Did you mean "every"?'),
        ("new", {"url": "https://town.example/", "keep": 20}, 'Makes the same feed as the source "town"'),
    ],
)
def test_values_that_do_not_fit_leave_the_file_as_it_was(
    path: Path, name: str, values: Mapping[str, object], words: str
) -> None:
    assert words in refused(path, HAND_WRITTEN, name, values)


def test_a_file_with_faults_is_left_to_its_person(path: Path) -> None:
    assert "evry" in refused(path, HAND_WRITTEN.replace("every", "evry"), "new", {"url": URL})
    assert "Not valid YAML" in refused(path, HAND_WRITTEN + "\t- x: [", "new", {"url": URL})


def test_variables_of_the_environment_are_known(path: Path) -> None:
    path.write_text("sources:\n  old: {url: https://old.example/, headers: {X-Key: '${KEY}'}}\n")
    with pytest.raises(SettingsError, match="KEY is not set"):
        add_source(path, "new", {"url": URL})
    add_source(path, "new", {"url": URL}, {"KEY": "secret"})
    assert "secret" not in path.read_text()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        add_source(tmp_path / "file" / "sources.yaml", "new", {"url": URL})


WORDS = st.sampled_from(
    ["no", "~", "010", "1e3", "12:30", "0x1F", "- a", "a: b", "#x", "{a", "'", '"', "é\u2028", "| a"]
)
TEXTS = (WORDS | st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)).filter(
    str.strip
)


@settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=TEXTS, in_braces=st.booleans())
def test_any_text_comes_back_as_it_was_given(path: Path, title: str, in_braces: bool) -> None:
    path.write_text("sources: {a: https://a.example/}\n" if in_braces else "sources:\n  a: https://a.example/\n")
    if UNUSABLE.search(title):
        with pytest.raises(SettingsError, match="not allowed"):
            add_source(path, "new", {"url": URL, "title": title})
        return
    add_source(path, "new", {"url": URL, "title": title})
    assert load_settings(path).sources[1].title == title
