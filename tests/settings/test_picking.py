"""Sources that are picked by their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedmaker.errors import UnknownSource
from feedmaker.settings import Settings, pick

Load = Callable[[str | bytes], Settings]


def test_sources_are_picked_by_name_in_the_order_of_the_file(load: Load) -> None:
    settings = load("sources: {a: https://a.example/, b: https://b.example/, c: https://c.example/}")
    assert [source.name for source in pick(settings, ["c", "a", "c"])] == ["a", "c"]
    assert pick(settings, []) == settings.sources


def test_picking_unknown_names_tells_of_each_with_the_nearest_known_one(load: Load) -> None:
    sources = "americas: https://a.example/, europe: https://b.example/"
    settings = load(f"merge: {{all: [americas, europe]}}\nsources: {{{sources}}}")
    with pytest.raises(UnknownSource) as raised:
        pick(settings, ["america", "europe", "xyz", "all"])
    path = settings.path
    assert str(raised.value).splitlines() == [
        f'No source in {path} is named "america". Did you mean "americas"?',
        f'No source in {path} is named "xyz". Valid here: americas, europe.',
        f'No source in {path} is named "all". It is a merged feed, written with its sources: americas, europe.',
    ]


def test_of_thousands_of_names_none_is_listed(load: Load) -> None:
    settings = load("sources: {" + ", ".join(f"town-{n}: https://{n}.example/" for n in range(5000)) + "}")
    with pytest.raises(UnknownSource, match=r"status` shows all names\.$"):
        pick(settings, ["xyz"])
    with pytest.raises(UnknownSource, match='Did you mean "town-4999"'):
        pick(settings, ["towm-4999"])
