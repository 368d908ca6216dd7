"""Which of the due sources a free worker gets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.model import Source
from feedmaker.schedule.lineup import Lineup


def source(name: str, host: str) -> Source:
    return Source(name, f"https://{host}/{name}")


def test_a_host_with_many_sources_holds_up_no_other() -> None:
    lineup = Lineup()
    many = [source(f"a{n}", "slow.example") for n in range(100)]
    other = source("b", "other.example")
    for each in [*many, other]:
        lineup.add(each)
    assert lineup.take() == many[0]
    assert lineup.take() == other
    assert lineup.take() is None


def test_the_next_source_of_a_host_comes_when_the_one_before_is_done() -> None:
    lineup = Lineup()
    first, second = source("a", "x.example"), source("b", "x.example")
    lineup.add(first)
    assert lineup.take() == first
    lineup.add(second)
    assert lineup.take() is None
    lineup.done(first)
    assert lineup.take() == second


def test_the_hosts_of_one_registrable_domain_are_one_site() -> None:
    lineup = Lineup()
    for name, host in [("a", "www.news.co.uk"), ("b", "media.news.co.uk"), ("c", "other.co.uk")]:
        lineup.add(source(name, host))
    taken = [lineup.take(), lineup.take(), lineup.take()]
    assert [each and each.name for each in taken] == ["a", "c", None]


def test_hosts_take_turns() -> None:
    lineup = Lineup()
    for name, host in [("a1", "a"), ("a2", "a"), ("b1", "b"), ("b2", "b")]:
        lineup.add(source(name, host))
    order = []
    while taken := lineup.take():
        order.append(taken.name)
        lineup.done(taken)
    assert order == ["a1", "b1", "a2", "b2"]


def test_an_address_without_a_host_is_a_host_of_its_own() -> None:
    lineup = Lineup()
    broken = Source("a", "not an address")
    lineup.add(broken)
    assert lineup.take() == broken


@settings(derandomize=True, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(["add", "take", "done"]), st.sampled_from("abc")), max_size=60))
def test_each_source_comes_once_and_a_host_never_twice_at_once(steps: list[tuple[str, str]]) -> None:
    lineup = Lineup()
    added: list[str] = []
    taken: list[str] = []
    running: list[Source] = []
    for number, (step, host) in enumerate(steps):
        if step == "add":
            added.append(str(number))
            lineup.add(source(str(number), host))
        elif step == "take" and (each := lineup.take()):
            taken.append(each.name)
            running.append(each)
        elif step == "done" and running:
            lineup.done(running.pop(0))
        hosts = [each.url.split("/")[2] for each in running]
        assert len(hosts) == len(set(hosts))
    while running or (each := lineup.take()):
        if running:
            lineup.done(running.pop())
        elif each:
            taken.append(each.name)
            running.append(each)
    assert sorted(taken) == sorted(added)
