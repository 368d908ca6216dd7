"""What a program that runs for months throws away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedmaker.fetch.archive import Archive
from feedmaker.model import Access, Page, SourceState
from feedmaker.refresh.housekeeping import Tidying, tidy
from feedmaker.settings import load_settings
from feedmaker.store import Store
from tests.town import NOW


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


class Tidied:
    """Tidying by a clock that a test sets, and the moments as of which was tidied."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.moments: list[datetime] = []
        self.tidying = Tidying(self.moments.append, lambda: self.seconds)

    def after(self, hours: float, now: datetime) -> list[datetime]:
        """What is tidied once some time has passed."""
        self.moments.clear()
        self.seconds += hours * 3600
        self.tidying.tidy_in_time(now)
        return list(self.moments)


def test_it_is_tidied_soon_after_the_start_and_then_once_a_day() -> None:
    tidied = Tidied()
    assert tidied.after(0, NOW) == []
    assert tidied.after(1, NOW) == [NOW]
    assert tidied.after(23, NOW) == []
    assert tidied.after(1, NOW) == [NOW]


def test_a_clock_that_is_set_forward_makes_nothing_older_than_the_latest_site_says() -> None:
    tidied, wrong = Tidied(), NOW + timedelta(days=365)
    for served in (NOW, NOW - timedelta(days=9), None):
        tidied.tidying.hear(served)
    assert tidied.after(1, wrong) == [NOW]
    tidied.tidying.hear(wrong + timedelta(days=365))
    assert tidied.after(24, wrong) == [wrong], "nor does a site whose clock is ahead"
