"""What a program that runs for months throws away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedmaker.fetch.archive import Archive
from feedmaker.model import Access, Page, SourceState
from feedmaker.refresh.housekeeping import tidy
from feedmaker.settings import load_settings
from feedmaker.store import Store


def test_old_pages_copies_and_sources_go_and_the_rest_stays(tmp_path: Path) -> None:
    config = tmp_path / "sources.yaml"
    config.write_text("archive: {folder: pages, keep_pages: 30d}\nsources: {news: https://news.example/}")
    settings = load_settings(config)
    pages = Archive(tmp_path / "pages")
    pages.keep("https://news.example/", Access(), Page("https://news.example/", b"page"))
    for number in range(5):
        (tmp_path / f"feedmaker.db.damaged-2026010{number}T000000Z").touch()
    now = datetime.now(UTC)
    with Store.open(tmp_path / "feedmaker.db") as store:
        for name in ("news", "gone"):
            store.save_state(SourceState(name, last_attempt=now))
        tidy(settings, store, now)
        assert set(store.states()) == {"news", "gone"}
        assert pages.page("https://news.example/", Access()).content == b"page"
        tidy(settings, store, now + timedelta(days=31))
        assert set(store.states()) == {"news"}
    assert sorted(path.name for path in tmp_path.glob("*.damaged-*")) == [
        "feedmaker.db.damaged-20260103T000000Z",
        "feedmaker.db.damaged-20260104T000000Z",
    ]
    assert list((tmp_path / "pages").rglob("*.gz")) == []
