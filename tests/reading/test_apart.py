"""Reading in processes apart gives what reading here gives, and a page that breaks its process costs only itself."""

from __future__ import annotations

import logging
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedmaker.errors import ListingError, ReadingBroken, RuleMatchesNothing, Stopping
from feedmaker.model import Field, FieldRule, ListingRules, Page, Selector, SiteFunction
from feedmaker.normalize.context import Context
from feedmaker.reading import Apart, entry_of, here, listing_of
from feedmaker.reading import apart as apart_module
from feedmaker.reading.plugin import listing_by
from tests.town import article

CASES = Path(__file__).parent.parent / "cases"
CONTEXT = Context(datetime(2026, 11, 24, tzinfo=UTC))
PAGE = Page("https://news.example/town/", article("a").encode())
SECONDS = 1.0


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart(timedelta(seconds=SECONDS), 2) as reader:
        yield reader


def loops(page: Page) -> None:
    """Never comes back out of the C code of the regular expression."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def dies(page: Page) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leaves(page: Page) -> None:
    os._exit(7)


def takes_all(page: Page) -> bytes:
    return bytes(1 << 60)


def has_a_bug(page: Page) -> float:
    return 1 / len(page.url.split("/town/")[1])


def where(page: Page) -> int:
    return os.getpid()


@pytest.mark.parametrize("path", sorted(CASES.rglob("page.html")), ids=lambda path: path.parent.name)
def test_a_page_reads_the_same_apart_as_here(path: Path, apart: Apart) -> None:
    page = Page("https://news.example/town/page", path.read_bytes())
    assert page.tree is not None  # is never sent
    assert apart(entry_of, page, CONTEXT, content=False) == here(entry_of, page, CONTEXT, content=False)
    assert apart(listing_of, page, ListingRules(), CONTEXT) == here(listing_of, page, ListingRules(), CONTEXT)


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (loops, "was not read within 1 s"),
        (dies, "ended the process that read it (signal 11)"),
        (leaves, "ended the process that read it (exit code 7)"),
        (takes_all, "takes more memory to read than there is"),
    ],
)
def test_a_page_that_breaks_its_process_is_told_in_a_line_and_the_next_one_is_read(
    breaks: Callable[[Page], object], words: str, apart: Apart
) -> None:
    with pytest.raises(ReadingBroken, match=re.escape(words)) as raised:
        apart(breaks, PAGE)
    assert raised.value.address == PAGE.url
    assert "\n" not in str(raised.value)
    assert apart(entry_of, PAGE, CONTEXT).title == "Headline of the story a"


def test_other_pages_are_read_while_one_hangs(apart: Apart) -> None:
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(apart, loops, PAGE)
        assert apart(where, PAGE) != os.getpid()
        assert not hanging.done()
        assert isinstance(hanging.exception(), ReadingBroken)


def test_an_error_comes_back_as_it_was_raised(apart: Apart) -> None:
    rules = ListingRules(items=Selector(".none"), fields={Field.TITLE: FieldRule((Selector("a"),))})
    with pytest.raises(RuleMatchesNothing) as raised:
        apart(listing_of, PAGE, rules, CONTEXT)
    assert (raised.value.rule, raised.value.address) == ("items", PAGE.url)


def test_a_bug_is_raised_as_a_bug_with_the_trace_of_where_it_arose(apart: Apart) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        apart(has_a_bug, PAGE)
    assert "has_a_bug" in str(raised.value.__cause__)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise KeyError('gone')", "KeyError: 'gone'"),
        ("while True: pass", "was not read within 1 s"),
        ("sys.exit(5)", "SystemExit: 5"),
        ("os._exit(5)", "ended the process that read it (exit code 5)"),
        ("signal.alarm(0); signal.pthread_sigmask(signal.SIG_BLOCK, {15}); time.sleep(99)", "was not read within 1 s"),
    ],
)
def test_a_persons_own_function_costs_its_page_alone(body: str, words: str, tmp_path: Path, apart: Apart) -> None:
    name = f"own_site_{abs(hash(body))}"
    (tmp_path / f"{name}.py").write_text(f"import os, sys, signal, time\ndef entries(page):\n    {body}\n")
    with pytest.raises((ListingError, ReadingBroken), match=re.escape(words)):
        apart(listing_by, SiteFunction(name, "entries", tmp_path), PAGE, CONTEXT)
    assert apart(entry_of, PAGE, CONTEXT).title


def test_a_pool_whose_idle_process_was_killed_is_begun_anew(apart: Apart, caplog: pytest.LogCaptureFixture) -> None:
    """As the system's killer does that chooses when memory runs out (out of memory)."""
    os.kill(apart(where, PAGE), signal.SIGKILL)
    read, broken = 0, 0
    while read < 20:
        try:
            read += apart(entry_of, PAGE, CONTEXT).title is not None
        except ReadingBroken:
            broken += 1
    assert broken <= 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_pages_are_read_here_while_the_system_gives_no_process(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_processes: int) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patch, Apart(timedelta(seconds=SECONDS)) as reader:
        patch.setattr(apart_module, "_new_pool", refuse)
        assert [reader(where, PAGE) for _ in range(3)] == [os.getpid()] * 3
        assert len(caplog.messages) == 1
        patch.undo()
        patch.setattr(reader, "_rests_until", 0.0)
        assert reader(where, PAGE) != os.getpid()


def test_processes_that_take_no_page_any_more_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart_module, "LONGEST_QUEUE", 0.5)
    with Apart(timedelta(seconds=SECONDS), 1) as reader:
        os.kill(reader(where, PAGE), signal.SIGSTOP)
        with pytest.raises(ReadingBroken, match="was not read within 1 s"):
            reader(where, PAGE)
        assert reader(entry_of, PAGE, CONTEXT).title


def test_what_is_being_read_is_given_up_on_stop() -> None:
    with Apart(timedelta(seconds=30), 1) as reader, ThreadPoolExecutor(2) as pool:
        begun = threading.Barrier(3)

        def read() -> None:
            begun.wait(10)
            reader(loops, PAGE)

        both = [pool.submit(read) for _ in range(2)]
        begun.wait(10)
        reader.stop()
        assert [type(future.exception(10)) for future in both] == [Stopping, Stopping]
        with pytest.raises(Stopping):
            reader(where, PAGE)
