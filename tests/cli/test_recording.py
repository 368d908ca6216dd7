"""``record`` keeps pages and what came of them; ``replay`` tells field by field what would differ today."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Feedmaker
from tests.town import Answer, Site, article


@pytest.fixture
def recorded(site: Site, feedmaker: Feedmaker, config: Path) -> Path:
    """The recording of a section of two stories; its site is gone."""
    site.lists("a", "b")
    assert feedmaker("record", "town").exit_code == 0
    site.answers.clear()
    site.requests.clear()
    return config.parent / "recordings" / "town"


def pages(recording: Path) -> Iterator[bytes]:
    return (gzip.decompress(path.read_bytes()) for path in sorted(recording.rglob("*.gz")))


def test_a_replay_asks_no_site_and_finds_all_as_it_was(recorded: Path, site: Site, feedmaker: Feedmaker) -> None:
    result = feedmaker("replay")
    assert (result.exit_code, result.stdout) == (0, "1 recording; nothing differs.\n")
    assert site.requests == []
    assert len(list(pages(recorded))) == 3
    held = json.loads((recorded / "recording.json").read_text())
    assert [entry["title"] for entry in held["result"]["entries"]] == [f"Headline of the story {slug}" for slug in "ab"]
    assert not (recorded.parents[1] / "feedmaker.db").exists()


def test_other_settings_show_what_they_change_field_by_field(
    recorded: Path, feedmaker: Feedmaker, config: Path
) -> None:
    before = (recorded / "recording.json").read_bytes()
    config.write_text(config.read_text() + "    follow: none\n    exclude: {title: story b}\n")
    result = feedmaker("replay")
    assert result.exit_code == 1
    shown = result.stdout.splitlines()
    assert shown[0].startswith("town: http://127.0.0.1:")
    assert "  published" in shown
    assert '    was "2026-11-20T08:00:00+00:00"' in shown
    assert '    was "Headline of the story b"' in shown
    assert "    now nothing" in shown
    (told,) = json.loads(feedmaker("replay", "--json").stdout)
    found = {(each["entry"][-1:], each["field"]): (each["was"], each["now"]) for each in told["differences"]}
    assert found["a", "published"] == ("2026-11-20T08:00:00+00:00", None)
    assert found["b", "entry"] == ("Headline of the story b", None)
    assert (recorded / "recording.json").read_bytes() == before


def test_what_differs_can_be_accepted(recorded: Path, feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text() + "    follow: none\n")
    result = feedmaker("replay", "--accept")
    assert result.exit_code == 0
    assert "1 accepted" in result.stdout
    assert feedmaker("replay").stdout == "1 recording; nothing differs.\n"


def test_a_rule_that_finds_nothing_any_more_is_a_difference_that_cannot_be_accepted(
    recorded: Path, feedmaker: Feedmaker, config: Path
) -> None:
    config.write_text(config.read_text().replace("items: .card", "items: .cart"))
    result = feedmaker("replay", "--accept")
    assert result.exit_code == 1
    assert "items: .cart selects nothing" in result.stdout
    config.write_text(config.read_text().replace(".cart", ".card"))
    assert feedmaker("replay").exit_code == 0


def test_another_address_or_name_says_what_to_do(recorded: Path, feedmaker: Feedmaker, config: Path) -> None:
    text = config.read_text()
    config.write_text(text.replace("/news/", "/town/"))
    assert "run `feedmaker record town`" in feedmaker("replay").stdout
    config.write_text(text.replace("  town:", "  village:"))
    result = feedmaker("replay")
    assert result.exit_code == 1
    assert f"delete {recorded}" in result.stdout


def test_the_clock_stands_at_the_time_of_the_recording(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text() + "    follow: none\n    max_age: 30d\n")
    site.answers["/news/"] = Answer(
        '<html><body><div class="card"><h2><a href="/news/a">A story of some days ago</a></h2><time>3 days ago</time>'
        '</div><div class="card"><h2><a href="/news/b">Another story of that time</a></h2><time>2 days ago</time></div>'
    )
    feedmaker("record", "town")
    file = config.parent / "recordings" / "town" / "recording.json"
    held = json.loads(file.read_text())
    assert all(entry["published"] for entry in held["result"]["entries"])
    assert feedmaker("replay").exit_code == 0
    file.write_text(json.dumps(held | {"at": "2026-10-01T08:00:00+00:00"}))
    (told,) = json.loads(feedmaker("replay", "--json").stdout)
    assert {each["now"][:10] for each in told["differences"]} == {"2026-09-28", "2026-09-29"}


def test_a_recording_holds_no_secret_even_if_the_site_repeats_it(
    site: Site, feedmaker: Feedmaker, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWN_KEY", "open-sesame")
    config.write_text(f'{config.read_text()}    headers: {{X-Key: "${{TOWN_KEY}}"}}\n')
    site.lists("a")
    site.answers["/news/a"] = Answer(
        article("a", title="Your key is open-sesame"), headers={"X-Your-Key": "open-sesame"}
    )
    assert feedmaker("record", "town").exit_code == 0
    folder = config.parent / "recordings"
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not [content for content in (*files, *pages(folder)) if b"open-sesame" in content]
    assert "Your key is ***" in (folder / "town" / "recording.json").read_text()
    assert feedmaker("replay").exit_code == 0


def test_a_failed_recording_leaves_the_one_before(recorded: Path, feedmaker: Feedmaker) -> None:
    before = {path: path.read_bytes() for path in recorded.parent.rglob("*") if path.is_file()}
    result = feedmaker("record", "town")
    assert result.exit_code == 1
    assert "404" in result.stderr
    assert {path: path.read_bytes() for path in recorded.parent.rglob("*") if path.is_file()} == before


def test_a_new_recording_takes_the_place_of_the_one_before(recorded: Path, site: Site, feedmaker: Feedmaker) -> None:
    site.lists("c")
    feedmaker("record", "town")
    assert len(list(pages(recorded))) == 2
    assert feedmaker("replay").exit_code == 0
    assert [path.name for path in recorded.parent.iterdir()] == ["town"]


def test_what_is_no_recording_is_said_to_be_none(recorded: Path, feedmaker: Feedmaker) -> None:
    (recorded / "recording.json").write_text("{")
    result = feedmaker("replay")
    assert result.exit_code == 3
    assert "record the source again" in result.stderr


def test_without_recordings_replay_says_how_to_make_one(feedmaker: Feedmaker) -> None:
    result = feedmaker("replay")
    assert result.exit_code == 2
    assert "record SOURCE makes one" in result.stderr
    assert feedmaker("replay", "twon").exit_code == 2
