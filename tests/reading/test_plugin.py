"""A person's own extractor: what it gets, what it may give, and what its faults cost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feedmaker.errors import ListingError, SourceError
from feedmaker.model import Image, ListedItem, Listing, Page, Person, SiteFunction
from feedmaker.normalize.context import Context
from feedmaker.reading.plugin import MOST_ITEMS, listing_by

HTML = """<html lang="en"><title>Town news</title><body>
<div class="odd"><b>First</b><i data-to="/a">go</i></div><div class="odd"><b>Second</b><i data-to="/b">go</i></div>
<a rel="next" href="/page/2">Older</a></body></html>"""
PAGE = Page("https://news.example/town/", HTML.encode())
START = "from datetime import datetime\nfrom feedmaker import Image, ListedItem, Page, Person\n\n"
Run = Callable[..., Listing]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Calls the function ``entries`` of a module with this text; modules of a name are never the same in two tests."""
    modules, path = set(sys.modules), list(sys.path)

    def run(text: str, function: str = "entries", page: Page = PAGE, zone: str | None = None) -> Listing:
        (tmp_path / "own_sites.py").write_text(START + text)
        context = Context(datetime(2026, 11, 24, tzinfo=UTC), ZoneInfo(zone) if zone else None)
        return listing_by(SiteFunction("own_sites", function, tmp_path), page, context)

    yield run
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]


def of(items: str) -> str:
    """A function that gives these items."""
    return f"def entries(page):\n    return {items}\n"


def test_a_function_finds_items_in_the_tree_or_the_soup_of_the_page(run: Run) -> None:
    listing = run(
        "def entries(page: Page):\n"
        "    for card in page.soup.select('.odd'):\n"
        "        yield ListedItem(url=card.i['data-to'], title=card.b.get_text())\n"
        "    yield ListedItem(url=page.url + 'c', title=page.tree.findtext('.//title'))\n"
    )
    assert [(item.url, item.title) for item in listing.items] == [
        ("https://news.example/a", "First"),
        ("https://news.example/b", "Second"),
        ("https://news.example/town/c", "Town news"),
    ]
    assert listing.how.extractor == "site"


def test_the_rest_is_found_as_on_any_page(run: Run) -> None:
    listing = run(of("[ListedItem(url='/a')]"))
    assert (listing.title, listing.language, listing.url) == ("Town news", "en", PAGE.url)
    assert listing.next_url == "https://news.example/page/2"


def test_every_field_of_an_item_is_made_ready_to_use(run: Run) -> None:
    item = """ListedItem(url='/a?utm_source=x', title=' A  &amp; B ', summary='<p>Text</p>', tags=['x', 'y'],
        published=datetime(2026, 11, 24, 9, 0), image=Image('a.jpg', width=9), authors=[Person('Ada')])"""
    (read,) = run(of(f"[{item}]"), zone="Europe/Moscow").items
    assert read == ListedItem(
        url="https://news.example/a",
        title="A & B",
        summary="Text",
        published=datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/Moscow")),
        image=Image("https://news.example/town/a.jpg", width=9),
        authors=(Person("Ada"),),
        tags=("x", "y"),
    )


def test_a_page_of_json_is_read_by_its_text(run: Run) -> None:
    page = Page("https://news.example/api", b'{"links": ["/a", "/b"]}')
    text = "import json\n" + of("(ListedItem(url=link) for link in json.loads(page.text)['links'])")
    assert len(run(text, page=page).items) == 2


def test_a_function_may_be_one_of_a_class_or_a_package(run: Run, tmp_path: Path) -> None:
    text = "class Sites:\n    @staticmethod\n    def town(page):\n        return [ListedItem(url='/a')]\n"
    assert len(run(text, "Sites.town").items) == 1
    (tmp_path / "own_package").mkdir()
    (tmp_path / "own_package" / "town.py").write_text(START + of("[ListedItem(url='/a')]"))
    site = SiteFunction("own_package.town", "entries", tmp_path)
    assert len(listing_by(site, PAGE, Context(datetime(2026, 11, 24, tzinfo=UTC))).items) == 1


def test_nothing_in_the_folder_can_stand_in_for_a_library(run: Run, tmp_path: Path) -> None:
    (tmp_path / "this.py").write_text("raise AssertionError('the wrong module')")
    run(of("[ListedItem(url='/a')]"))
    assert sys.path[0] != str(tmp_path)
    assert sys.path[-1] == str(tmp_path)


def test_a_module_that_is_not_there_is_told_with_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(ListingError) as raised:
        listing_by(SiteFunction("not_there", "entries", tmp_path), PAGE, Context(datetime(2026, 11, 24, tzinfo=UTC)))
    assert f"there is no module not_there; put not_there.py into {tmp_path}, or install it" in str(raised.value)


def test_a_function_that_gives_nothing_is_told_by_name(run: Run) -> None:
    listing = run(of("[]"))
    assert (listing.items, listing.how.note) == ((), "site: own_sites:entries gives no items")


FAULTS = [
    ("def other(page): pass", "AttributeError: module 'own_sites' has no attribute 'entries'"),
    ("def entries(page:", "SyntaxError: "),
    ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
    ("def entries(): return []", "TypeError: entries() takes 0 positional arguments but 1 was given"),
    ("def entries(page):\n    return 1 / 0\n", "ZeroDivisionError: division by zero"),
    ("def entries(page):\n    yield ListedItem(url='/a')\n    raise KeyError('b')\n", "KeyError: 'b'"),
    ("import sys\nsys.exit('done')", "SystemExit: done"),
    ("class Odd(Exception):\n    pass\ndef entries(page):\n    raise Odd('x' * 9999)\n", "Odd: xxx"),
    ("async def entries(page):\n    return []\nentries = lambda page, f=entries: f(page).close()", "it gives None"),
    (of("None"), "TypeError: it gives None, expected an iterable of feedmaker.ListedItem"),
    (of("'/a'"), "TypeError: it gives a str, expected"),
    (of("{'url': '/a'}"), "TypeError: it gives a dict, expected"),
    (of("ListedItem(url='/a')"), "TypeError: it gives a ListedItem, expected"),
    (of("[ListedItem(url='/a'), '/b']"), "TypeError: item 2 is a str, expected feedmaker.ListedItem"),
    (of("[ListedItem(url=None)]"), "url of item 1 is None, expected str"),
    (of("[ListedItem(url='mailto:a@example.org')]"), "url of item 1 is 'mailto:a@example.org', expected a web address"),
    (of("[ListedItem(url='/a', title=5)]"), "title of item 1 is a int, expected str"),
    (of("[ListedItem(url='/a', published='today')]"), "published of item 1 is a str, expected datetime"),
    (of("[ListedItem(url='/a', image='a.jpg')]"), "image of item 1 is a str, expected Image"),
    (of("[ListedItem(url='/a', authors=('Ada',))]"), "authors of item 1 has a str, expected a tuple of Person"),
    (of("[ListedItem(url='/a', authors=[None])]"), "authors of item 1 has None, expected a tuple of Person"),
    (of("[ListedItem(url='/a', tags='news')]"), "tags of item 1 has a str, expected a tuple of str"),
    (of("[ListedItem(url='/a', tags=None)]"), "TypeError: 'NoneType' object is not iterable"),
    ("from itertools import repeat\n" + of("repeat(ListedItem(url='/a'))"), f"it gives more than {MOST_ITEMS} items"),
]


@pytest.mark.parametrize(("text", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_whatever_goes_wrong_is_a_fault_of_the_source_with_the_last_line_of_the_trace(
    run: Run, text: str, words: str
) -> None:
    with pytest.raises(ListingError) as raised:
        run(text)
    assert isinstance(raised.value, SourceError)
    assert raised.value.address == PAGE.url
    message = str(raised.value)
    assert message.startswith(f"site: own_sites:entries fails on {PAGE.url}: ")
    assert words in message
    assert "\n" not in message
    assert len(message) < 600


def test_the_line_of_the_persons_own_code_is_told(run: Run, tmp_path: Path) -> None:
    with pytest.raises(ListingError) as raised:
        run("import json\ndef entries(page):\n    return json.loads('{')\n")
    assert str(raised.value).endswith(f"({tmp_path / 'own_sites.py'}, line 6)")


def test_ctrl_c_is_no_fault_of_the_function(run: Run) -> None:
    with pytest.raises(KeyboardInterrupt):
        run("def entries(page):\n    raise KeyboardInterrupt\n")
