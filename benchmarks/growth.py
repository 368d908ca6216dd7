"""How large state and archive of pages become over a year: they fill, and then they stay as they are.

    python -m benchmarks.growth [--sources N] [--days N] [--step N] [--json]

Nothing is fetched: each source is looked at once in ``step`` days, finds 8 new entries of the size that news has, and
stores them as a refresh does, by a clock that jumps from one look to the next. The daily tidying of `feedmaker run`
comes with it. One source in a hundred gives way to a new one each month. Of one source in fifty, the pages are kept as
well, for 90 days. That is fewer looks and entries than real sources have, which fill the same room sooner.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from feedmaker.fetch.archive import Archive
from feedmaker.model import Access, Appointment, Entry, Image, Page, Person, Source, SourceState, StoredEntry
from feedmaker.refresh.housekeeping import tidy
from feedmaker.refresh.pace import first_watch, watched
from feedmaker.settings import Settings, load_settings
from feedmaker.store import Store

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
NEW = 8  # entries a look
ON_PAGE = 20
KEEP = 50
WITH_PAGES = 50  # one source in so many
CHURN = 100  # one source in so many gives way each month
SHOWN_EACH = 30  # days


@dataclass(frozen=True, slots=True)
class Sample:
    """The room that is taken after some days: MiB of the state with its log, entries, pages that are kept."""

    day: int
    state: float
    entries: int
    pages: int


@click.command(help=__doc__)
@click.option("--sources", default=1000, show_default=True)
@click.option("--days", default=365, show_default=True)
@click.option("--step", default=4, show_default=True, help="Days between two looks at a source.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(sources: int, days: int, step: int, as_json: bool) -> None:
    with TemporaryDirectory() as folder:
        samples = list(grow(Path(folder), sources, days, step))
    print(json.dumps([asdict(sample) for sample in samples]) if as_json else table(samples))


def grow(folder: Path, sources: int, days: int, step: int) -> Iterator[Sample]:
    """A sample each month."""
    settings = settings_of(folder, sources)
    archive = Archive(folder / "pages")
    names = [named(number, 0) for number in range(sources)]
    with Store.open(folder / "feedmaker.db") as store:
        for day in range(1, days + 1):
            now = BEGIN + timedelta(days=day)
            for number, name in enumerate(names):
                if number % step == day % step:
                    look(store, name, now, archive if number % WITH_PAGES == 0 else None)
            if day % SHOWN_EACH == 0:
                for number in range(day // SHOWN_EACH % CHURN, sources, CHURN):
                    store.agenda.put((), dropped=[names[number]])
                    names[number] = named(number, day)
            tidy(replace(settings, sources=tuple(Source(name, "https://news.example/") for name in names)), store, now)
            if day % SHOWN_EACH == 0 or day == days:
                yield sample(folder, store, day)


def look(store: Store, name: str, now: datetime, archive: Archive | None) -> None:
    """What a refresh leaves: entries, state, pace, the next time, and pages."""
    chance = random.Random(f"{name} {now}")
    new = [entry_of(name, f"{now:%Y%m%d}-{number}", now - timedelta(hours=number), chance) for number in range(NEW)]
    known = [each.entry.id for each in store.entries(name, limit=ON_PAGE - NEW)]
    state = SourceState(name, fingerprint="f", title="News", last_attempt=now, last_success=now, changed_at=now)
    store.save(state, new, seen=[*known, *(each.entry.id for each in new)], now=now, keep=KEEP)
    published = [each.entry.published for each in new]
    before = store.pace(name)
    pace = watched(before, published, before.until, now, UTC) if before else first_watch(published, now, UTC)
    store.save_pace(name, pace)
    store.agenda.put([Appointment(name, now + timedelta(days=1), "plan", now)])
    for each in new if archive else ():
        keep_page(archive, each.entry.url, now)


def keep_page(archive: Archive | None, url: str, now: datetime) -> None:
    assert archive is not None
    archive.keep(url, Access(), Page(url, b"<p>page</p>"))
    os.utime(archive.path(url, Access()), (now.timestamp(), now.timestamp()))


def entry_of(source: str, name: str, now: datetime, chance: random.Random) -> StoredEntry:
    """An entry with a summary, a picture, an author and tags, 1 to 2 kB of JSON."""
    url = f"https://news.example/{source}/{name}-the-harbour-opens-again-after-the-storm.html"
    words = " ".join(f"word{chance.randrange(10**6)}" for _ in range(60))
    image = Image(f"https://img.example/{name}.jpg", 1920, 1080, alt=words[:60], caption=words[:160], credit="Agency")
    entry = Entry(
        url,
        url,
        title=words[:90],
        summary=words,
        published=now,
        authors=(Person("Ana Lima"),),
        tags=("harbour", "storm", "ferry"),
        language="en",
        images=(image,),
        provenance=dict.fromkeys(("title", "summary", "published", "images"), "JSON-LD NewsArticle"),
    )
    return StoredEntry(entry, now, now, "0" * 64, read_at=now, listed_hash="1" * 64, listed_date=now)


def named(number: int, since: int) -> str:
    """A name as long as any other: rows that grow would need more room, whatever is kept."""
    return f"source-{number:05}-{since:03}"


def settings_of(folder: Path, sources: int) -> Settings:
    path = folder / "sources.yaml"
    lines = "".join(f"  {named(number, 0)}: https://news.example/{number}/\n" for number in range(sources))
    path.write_text(f"archive: {{folder: pages, keep_pages: 90d}}\nsources:\n{lines}")
    return load_settings(path)


def sample(folder: Path, store: Store, day: int) -> Sample:
    state = sum(path.stat().st_size for path in folder.glob("feedmaker.db*")) / 2**20
    entries = sum(store.count(name) for name in store.states())
    return Sample(day, round(state, 2), entries, sum(1 for _ in (folder / "pages").glob("*/*.gz")))


def table(samples: list[Sample]) -> str:
    rows = [("day", "state", "entries", "pages kept")]
    rows += [(str(each.day), f"{each.state:.1f} MiB", str(each.entries), str(each.pages)) for each in samples]
    return "\n".join(f"{day:>4} {state:>12} {entries:>9} {pages:>11}" for day, state, entries, pages in rows)


if __name__ == "__main__":
    main()
