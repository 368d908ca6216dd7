"""The JSON Schema, the docs and the shipped tour know every setting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feedmaker.settings import Settings, format_duration
from feedmaker.settings.browsing import BrowserForm
from feedmaker.settings.document import Block, compose
from feedmaker.settings.forms import SettingsForm
from feedmaker.settings.pacing import AdaptiveForm
from feedmaker.settings.rules import RuleForm
from feedmaker.settings.schema import main, schema, schema_text, setting_keys
from feedmaker.settings.telling import AlertsForm, MailForm
from tests.settings.forms import FORMS

Load = Callable[[str | bytes], Settings]
ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "config" / "sources.yaml"
COMMITTED = ROOT / "config" / "sources.schema.json"
NAMES = {"sources": "NAME", "merge": "NAME", "fields": "FIELD", "include": "FIELD", "exclude": "FIELD"}
BESIDE = {"hub": "base_url: https://feeds.example.org/\n"}
# What an example of the docs needs around it to be a whole setting of a source, or beside it.
AROUND = {
    **dict.fromkeys(RuleForm.model_fields, "fields: {{title: {{{}}}}}"),
    "regex": "fields: {{title: {{select: a, {}}}}}",
    **dict.fromkeys(BrowserForm.model_fields, "browser: {{{}}}"),
    **dict.fromkeys(AdaptiveForm.model_fields, "every: {{{}}}"),
    "words": "include: {{title: {{{}}}}}",
    "user": "auth: {{password: x, {}}}",
    "password": "auth: {{user: x, {}}}",
    "body": "method: POST\n    {}",
}

ALONE = {"folder": "archive: {{{}}}", "keep_pages": "archive: {{folder: pages, {}}}"}
MAIL = {"to": "to: me@example.org", "sender": "sender: me@example.org", "host": "host: mail.example.org"}


def around_alert(name: str, example: str) -> str:
    """An example of what stands below ``alerts`` with what it needs around it."""
    if name not in MailForm.model_fields:
        return f"alerts: {{command: [notify], {example}}}" if name != "command" else f"alerts: {{{example}}}"
    others = ", ".join(each for key, each in MAIL.items() if key != name)
    return f"alerts: {{email: {{{example}, {others}}}}}"


def uncommented() -> str:
    """The shipped file with the settings of its tour in use: one "# " taken away from each line but the first."""
    first, _, rest = SHIPPED.read_text("utf-8").partition("\n")
    return first + "\n" + re.sub(r"(?m)^( *)# ", r"\1", rest)


def dotted(value: object, place: str = "") -> Iterator[str]:
    """The dotted path of every setting in a document, with NAME and FIELD for names that people choose."""
    names = NAMES.get(place.rpartition(".")[2])
    for key, below in value.items() if isinstance(value, Block) else ():
        path = f"{place}.{names or key}".lstrip(".")
        yield path
        yield from dotted(below, path)


def test_the_committed_schema_is_the_generated_one() -> None:
    """Renew it with: python -m feedmaker.settings.schema > config/sources.schema.json"""
    assert COMMITTED.read_text("utf-8") == schema_text()


def test_the_module_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    assert json.loads(capsys.readouterr().out) == schema()


def test_editors_find_the_schema_by_the_first_line_of_the_shipped_file() -> None:
    first = SHIPPED.read_text("utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={COMMITTED.name}"


@pytest.mark.parametrize("form", FORMS)
def test_every_setting_has_a_description_in_the_schema(form: type[SettingsForm]) -> None:
    made = schema()
    properties = (made["$defs"] | {"SettingsForm": made})[form.__name__]["properties"]
    assert set(properties) == set(form.model_fields)
    assert [name for name, shown in properties.items() if len(shown.get("description", "")) < 20] == []


def test_unknown_keys_are_faults_to_editors_too() -> None:
    made = schema()
    assert {made["$defs"][form.__name__]["additionalProperties"] for form in FORMS[1:]} == {False}
    named = made["properties"]["sources"], made["properties"]["merge"]
    assert [made["additionalProperties"], *(each["additionalProperties"] for each in named)] == [False] * 3


def test_the_defaults_that_editors_show_are_those_that_hold(load: Load) -> None:
    settings = load("sources: {news: https://example.org/}")
    (source,) = settings.sources
    holding: dict[str, Any] = {
        "output": settings.output.name,
        "state": str(settings.state).rpartition("/")[2],
        "deadline": settings.fetch.deadline,
        "max_bytes": settings.fetch.max_bytes,
        "hosts_at_once": settings.fetch.hosts_at_once,
        "status_feed": settings.status_feed,
        "recordings": settings.recordings.name,
        "every": "adaptive" if source.schedule.is_adaptive else source.schedule.every,
        "keep": source.keep,
        "follow": source.follow.value,
        "kind": source.rules.kind.value,
        "pages": source.pages,
        "robots": "honour" if source.robots else "ignore",
        "browser": bool(source.browser),
        "method": source.access.method.value,
        "delay": source.delay,
        "reread": source.reread,
        "on_edit": source.on_edit.value,
    }
    holding |= {"shortest": source.schedule.shortest, "longest": source.schedule.longest}
    holding["keep_pages"] = settings.keep_pages
    made = schema()
    shown = made["properties"]
    for form in ("SourceForm", "AdaptiveForm", "ArchiveForm"):
        shown = shown | made["$defs"][form]["properties"]
    assert {name: each["default"] for name, each in shown.items() if "default" in each} == {
        name: format_duration(value) if isinstance(value, timedelta) else value for name, value in holding.items()
    }


@pytest.mark.parametrize("key", setting_keys())
def test_every_setting_is_explained_in_the_docs(key: str) -> None:
    assert f"`{key}`" in (ROOT / "docs" / "settings.md").read_text("utf-8")


def test_every_setting_of_the_docs_exists_and_has_its_default_told() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    sections = dict(re.findall(r"(?ms)^### `(\w+)`\n(.*?)(?=^##)", text))
    assert set(sections) == {key.rpartition(".")[2] for key in setting_keys()}
    assert [
        name for name, section in sections.items() if not re.search("Default: |is needed|must be given", section)
    ] == []


@pytest.mark.parametrize("key", [key for key in setting_keys() if not key.startswith("defaults.")])
def test_every_setting_is_shown_in_the_tour(key: str) -> None:
    """Options stand below a source; ``defaults`` takes the same ones."""
    assert key in set(dotted(compose(uncommented(), SHIPPED).root))


def test_the_tour_is_valid_when_it_is_used(load: Load, ca_file: Path) -> None:
    settings = load(uncommented())
    assert [source.name for source in settings.sources] == [
        "sputnik-americas",
        "example-short",
        "example-long",
        "example-rules",
        "example-filters",
        "example-json",
        "example-members",
        "example-closed",
        "example-own",
        "example-scripts",
    ]
    assert settings.base_url == "https://feeds.example.org/"
    assert [merge.name for merge in settings.merges] == ["all-news", "front-page"]


def test_every_setting_of_the_tour_has_a_line_that_explains_it() -> None:
    """Those below ``defaults`` have been explained above."""
    tour = SHIPPED.read_text("utf-8").partition("A tour of every setting")[2].partition("# defaults:")
    lines = [line.strip() for part in (tour[0], tour[2].partition("\n\n")[2]) for line in part.splitlines()]
    settings = [number for number, line in enumerate(lines) if re.match(r"# [a-z_-]+:", line)]
    assert [lines[number] for number in settings if not lines[number - 1].startswith("## ")] == []


@pytest.mark.parametrize(
    "example", re.findall(r"(?m)^.*Example: `(.+)`$", (ROOT / "docs" / "settings.md").read_text("utf-8"))
)
def test_every_example_of_the_docs_is_valid(load: Load, ca_file: Path, example: str) -> None:
    name = example.partition(":")[0]
    news = "url: https://example.org/"
    example, name = ALONE.get(name, "{}").format(example), "archive" if name in ALONE else name
    if name in SettingsForm.model_fields:
        load(f"{BESIDE.get(name, '')}{example}\n" + ("" if name == "sources" else f"sources: {{news: {{{news}}}}}"))
    elif name in {*AlertsForm.model_fields, *MailForm.model_fields} - {"user", "password"}:
        load(f"{around_alert(name, example)}\nsources: {{news: {{{news}}}}}")
    else:
        option = AROUND.get(name, "{}").format(example)
        load(f"sources:\n  news:\n    {option}" + ("" if name == "url" else f"\n    {news}"))


@pytest.mark.parametrize(
    "block", re.findall(r"(?s)```yaml\n(.+?)```", (ROOT / "docs" / "settings.md").read_text("utf-8"))
)
def test_every_block_of_the_docs_is_valid(load: Load, block: str) -> None:
    is_of_defaults = block.partition(":")[0] not in SettingsForm.model_fields
    rest = "defaults:\n" + indented(block) if is_of_defaults else block
    load(block if "sources:" in block else "sources: {a: https://example.org/}\n" + rest)


def indented(block: str) -> str:
    return "".join(f"  {line}\n" for line in block.splitlines())
