"""Older entries stand in archive documents as RFC 5005 (section 4) has them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest
from lxml import etree

from feedmaker.model import Feed
from feedmaker.write import archive_names, render_archive, render_feed
from tests.write.rules import ATOM, HISTORY, atom_faults, rss_faults
from tests.write.samples import BASE, feed, nasty_feed, numbered
from tests.write.test_valid import NOW, atom_schema

NAME = "harbour-americas"
ARCHIVE = replace(feed(*numbered(2)), archive=3, previous_archive=2, ttl=None)


def links(xml: bytes) -> dict[str | None, str | None]:
    """The links of a document, by what they are, without those of its entries."""
    root = etree.fromstring(xml)
    head = root if root.tag == f"{ATOM}feed" else root[0]
    return {link.get("rel"): link.get("href") for link in head.findall(f"{ATOM}link")}


def own_links(document: Feed) -> dict[str, dict[str | None, str | None]]:
    """The links of both files of an archive without the one to the section, which RSS has in its own element."""
    found = {name: links(xml) for name, xml in render_archive(document).items()}
    return {name: {rel: href for rel, href in each.items() if rel != "alternate"} for name, each in found.items()}


def test_an_archive_has_two_files_whose_names_no_source_can_have() -> None:
    assert tuple(render_archive(ARCHIVE)) == archive_names(NAME, 3)
    assert archive_names(NAME, 3) == (f"{NAME}.archive.3.rss", f"{NAME}.archive.3.atom")


def test_an_archive_names_itself_the_feed_and_the_archive_before_it() -> None:
    assert own_links(ARCHIVE) == {
        f"{NAME}.archive.3.{each}": {
            "self": f"{BASE}{NAME}.archive.3.{each}",
            "current": f"{BASE}{NAME}.{each}",
            "prev-archive": f"{BASE}{NAME}.archive.2.{each}",
        }
        for each in ("rss", "atom")
    }


def test_the_oldest_archive_names_none_before_it() -> None:
    found = own_links(replace(ARCHIVE, archive=1, previous_archive=None))
    assert [sorted(map(str, each)) for each in found.values()] == [["current", "self"]] * 2


def test_archives_find_one_another_where_nobody_said_where_they_are_published() -> None:
    for name, found in own_links(replace(ARCHIVE, base_url=None)).items():
        extension = name.rpartition(".")[2]
        assert found == {"current": f"{NAME}.{extension}", "prev-archive": f"{NAME}.archive.2.{extension}"}


def test_the_feed_names_its_newest_archive() -> None:
    rss, atom, _ = render_feed(replace(feed(*numbered(2)), previous_archive=7)).values()
    assert links(rss)["prev-archive"] == f"{BASE}{NAME}.archive.7.rss"
    assert links(atom)["prev-archive"] == f"{BASE}{NAME}.archive.7.atom"


def test_an_archive_is_marked_as_one_and_nothing_else_is() -> None:
    for xml in render_archive(ARCHIVE).values():
        (mark,) = etree.fromstring(xml).iter(f"{HISTORY}archive")
        assert len(mark) == 0
        assert not mark.text
    for xml in render_feed(feed(*numbered(2))).values():
        assert b"purl.org/syndication/history" not in xml


def test_an_archive_belongs_to_the_same_feed() -> None:
    (_, archive), (_, atom, _) = render_archive(ARCHIVE).values(), render_feed(feed(*numbered(2))).values()
    assert [etree.fromstring(xml).findtext(f"{ATOM}id") for xml in (archive, atom)] == [
        etree.fromstring(atom).findtext(f"{ATOM}id")
    ] * 2


@pytest.mark.parametrize("base_url", [BASE, None])
@pytest.mark.parametrize("name", ["good", "nasty", "empty"])
def test_an_archive_is_valid(name: str, base_url: str | None) -> None:
    made = {"good": feed(*numbered(3)), "nasty": nasty_feed(), "empty": feed()}[name]
    made = replace(made, base_url=base_url, archive=3, previous_archive=2)
    rss, atom = render_archive(made).values()
    places = [f"{base_url}{each}" if base_url else None for each in archive_names(NAME, 3)]
    assert rss_faults(rss, location=places[0], now=NOW) == []
    assert atom_faults(atom, location=places[1], now=NOW) == []
    parser = etree.XMLParser(huge_tree=True)
    assert atom_schema().validate(etree.fromstring(atom, parser))


def test_a_reader_that_follows_the_links_finds_every_entry() -> None:
    entries = numbered(6)
    documents = [
        replace(feed(*entries[:2]), previous_archive=2),
        replace(feed(*entries[2:4]), archive=2, previous_archive=1),
        replace(feed(*entries[4:]), archive=1),
    ]
    files = dict(chain.from_iterable(render_archive(each).items() for each in documents[1:]))
    for extension in ("rss", "atom"):
        place: str | None = BASE + f"{NAME}.{extension}"
        files |= render_feed(documents[0])
        found: list[str | None] = []
        while place:
            root = etree.fromstring(files[place.removeprefix(BASE)])
            found += [each.text for each in root.iter("guid")]
            found += [each.findtext(f"{ATOM}id") for each in root.iter(f"{ATOM}entry")]
            place = links(files[place.removeprefix(BASE)]).get("prev-archive")
        assert found == [entry.id for entry in entries]
