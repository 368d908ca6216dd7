"""Where feeds go, and where the state and the pages are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from feedmaker.errors import SettingsError
from feedmaker.model import (
    Database,
)
from feedmaker.settings import Settings, load_settings

Load = Callable[[str | bytes], Settings]


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
