"""The form of the file: bytes, YAML, and what of YAML is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedmaker.errors import SettingsError, SettingsFault
from feedmaker.settings import Settings, load_settings
from feedmaker.settings.document import Block, Run, compose
from feedmaker.settings.file import LARGEST

Load = Callable[[str | bytes], Settings]
Faults = Callable[[str | bytes], tuple[SettingsFault, ...]]
NEWS = "sources:\n  news: https://example.org/\n"


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        (NEWS + "output: a\noutput: b\n", 4, "output", "Given twice, first on line 3. Keep one of them."),
        (NEWS + "  news: https://example.org/2\n", 3, "sources.news", "Given twice, first on line 2."),
        (NEWS + "output: *x\n", 3, "output", "The alias *x is not allowed."),
        (NEWS + "? *x\n: 1\n", 3, "", "The alias *x is not allowed."),
        (NEWS + "output: &x a\n", 3, "output", "The anchor &x is not allowed."),
        (NEWS + "allow_ports: &x [1]\n", 3, "allow_ports", "The anchor &x is not allowed."),
        (NEWS + "output: !!binary aGk=\n", 3, "output", "The tag tag:yaml.org,2002:binary is not allowed."),
        (NEWS + "defaults: !!python/object:os.system {}\n", 3, "defaults", "The tag tag:yaml.org,2002:python/"),
        (NEWS + "? [a]\n: 1\n", 3, "", "A key is a mapping or a list here, expected plain text."),
        (NEWS + "? {a: b}\n", 3, "", "A key is a mapping or a list here"),
        (NEWS + "---\noutput: a\n", 3, "", 'A second YAML document begins here. Remove the line "---".'),
        (NEWS + "output: a: b\n", 3, "", "Not valid YAML: mapping values are not allowed"),
        (NEWS + "output: @a\n", 3, "", "Quote values that begin with one of @"),
        (NEWS + "output: [a\n", 3, "", "It happened while parsing a flow sequence from line 3."),
        ("sources:\n\tnews: https://example.org/\n", 2, "", "Indent with spaces, not tabs."),
        (NEWS + 'output: "a\\0b"\n', 3, "output", "The character U+0000 is not allowed."),
        (NEWS + '"a\\x07": b\n', 3, "", "The character U+0007 is not allowed."),
        (NEWS + "output: a\x0cb\n", 3, "", "The character U+000C is not allowed in YAML."),
        (NEWS + "output: a\u2028b\n", 3, "", "The character U+2028 is not allowed in YAML."),
        (NEWS + "output: " + "[" * 50, 3, "output" + ".0" * 15, "Nested more than 16 levels deep."),
        (NEWS + "output: " + "{a: " * 50, 3, "output" + ".a" * 15, "Nested more than 16 levels deep."),
    ],
)
def test_what_of_yaml_is_refused_is_told_with_its_line(
    faults: Faults, text: str, line: int, key: str, words: str
) -> None:
    (fault,) = faults(text)
    assert (fault.line, fault.key) == (line, key)
    assert words in str(fault)


def test_an_alias_does_not_hide_or_double_other_faults(faults: Faults) -> None:
    text = "sources:\n  a: {url: *x, keep: *y, fields: {title: *z}, every: 5}\n  b: *c\nkeeep: 1\n"
    assert [(fault.key, fault.message[:9]) for fault in faults(text)] == [
        ("sources.a.every", "Expected "),
        ("sources.a.fields.title", "The alias"),
        ("sources.a.keep", "The alias"),
        ("sources.a.url", "The alias"),
        ("sources.b", "The alias"),
        ("keeep", "There is "),
    ]


def test_a_bomb_of_aliases_costs_nothing(faults: Faults) -> None:
    levels = [f"{chr(98 + level)}: [{', '.join([f'*{chr(97 + level)}'] * 9)}]" for level in range(9)]
    found = faults("a: &a x\n" + "\n".join(levels))
    assert len([fault for fault in found if "alias" in fault.message]) == 81


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_any_line_break(faults: Faults, line_break: str) -> None:
    text = line_break.join(["# 1", "sources:", "  # 3", "  news:", "    url: https://example.org/", "    x: 1"])
    assert [fault.line for fault in faults(text)] == [6]


def test_the_line_of_a_byte_that_is_no_utf8_is_told(faults: Faults) -> None:
    (fault,) = faults(NEWS.encode() + b"output: caf\xe9\n")
    assert (fault.line, fault.message) == (3, "Not UTF-8 text: the byte 0xe9 cannot be read.")


def test_utf16_is_refused_as_text_that_is_not_utf8(faults: Faults) -> None:
    (fault,) = faults(NEWS.encode("utf-16"))
    assert fault.hint == "Save the file as UTF-8."


def test_a_byte_order_mark_is_passed_over(load: Load) -> None:
    assert load(b"\xef\xbb\xbf" + NEWS.encode()).sources[0].name == "news"


def test_a_source_may_be_named_like_a_number_or_a_truth_value(load: Load) -> None:
    text = "sources: {2024: https://a.example/, true: https://b.example/, 010: https://c.example/}"
    assert [source.name for source in load(text).sources] == ["2024", "true", "010"]


def test_quotes_and_the_tag_of_text_make_text(load: Load) -> None:
    text = "sources: {a: {url: https://a.example/, title: '2024'}, b: {url: https://b.example/, title: !!str 2024}}"
    assert [source.title for source in load(text).sources] == ["2024", "2024"]


def test_an_empty_document_marker_is_not_a_second_document(load: Load) -> None:
    assert load("---\n" + NEWS + "...\n").sources


def test_a_file_that_is_too_large_is_not_read(faults: Faults) -> None:
    (fault,) = faults(NEWS + "#" * LARGEST)
    assert fault.message == f"The file is larger than {LARGEST} bytes."


def test_a_missing_file_names_the_nearest_one(load: Load, tmp_path: Path) -> None:
    load(NEWS)
    with pytest.raises(SettingsError) as raised:
        load_settings(tmp_path / "source.yaml")
    (fault,) = raised.value.faults
    assert str(fault) == f"{tmp_path}/source.yaml: There is no such file. Did you mean {tmp_path}/sources.yaml?"


def test_a_missing_file_in_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"There is no such file\. `feedmaker add URL` makes it; --config names"):
        load_settings(tmp_path / "no" / "sources.yaml")


def test_a_folder_is_no_settings_file(load: Load, tmp_path: Path) -> None:
    load(NEWS)
    with pytest.raises(SettingsError, match=r"This is a folder.*Did you mean .*sources\.yaml\?"):
        load_settings(tmp_path)


def test_a_file_that_cannot_be_read_is_told_with_the_reason(load: Load, tmp_path: Path) -> None:
    load(NEWS)
    with pytest.raises(SettingsError, match=r"cannot be read: Not a directory\. Check its permissions\."):
        load_settings(tmp_path / "sources.yaml" / "x")


def test_values_know_their_lines() -> None:
    document = compose("a:\n  b:\n    - x\n    -\n      y\n  c: {d: 1}\n", Path("x"))
    assert isinstance(document.root, Block)
    assert document.locate(("a", "b", 1)) == (("a", "b", 1), 5)
    assert document.locate(("a", "c", "d")) == (("a", "c", "d"), 6)
    assert document.locate(("a", "c", "missing")) == (("a", "c"), 6)
    assert document.locate(("a", "b", 2)) == (("a", "b"), 2)
    inner = document.root["a"]
    assert isinstance(inner, Block)
    assert isinstance(inner["b"], Run)
    assert inner["b"] == ["x", "y"]
