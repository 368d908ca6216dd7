"""Addresses that answer with JSON: by a person's paths, or by what the objects call their fields."""

from __future__ import annotations

import pytest

from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.json_values import name_of, text_of
from feedmaker.model import Field, FieldRule, ListedItem, Person
from feedmaker.settings.selectors import split_selector
from tests.extract.listing.interfaces import DAY, STORIES, drafts, listed


def item(**values: object) -> ListedItem:
    return listed([{"url": "/1", "title": "The bell returns", **values}, *STORIES]).items[0]


def rule(select: str = "", **options: str) -> FieldRule:
    return FieldRule((split_selector(select),) if select else (), **options)


@pytest.mark.parametrize(
    "document", [STORIES, {"data": {"list": STORIES}}, {"data": {f"id-{n}": each for n, each in enumerate(STORIES)}}]
)
def test_a_list_is_found_wherever_it_stands(document: object) -> None:
    listing = listed(document)
    assert [each.url.rpartition("example")[2] for each in listing.items] == ["/0", "/1", "/2"]
    assert (listing.how.extractor, listing.items[0].title, listing.items[0].published) == ("json", "Story 0", DAY)


def test_a_menu_is_longer_than_the_stories_but_no_list_of_entries() -> None:
    menu = [{"url": f"/section/{n}", "name": f"Section {n}"} for n in range(8)]
    assert [each.title for each in listed({"menu": menu, "stories": STORIES}).items] == [
        "Story 0",
        "Story 1",
        "Story 2",
    ]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({}, "json:$.path.to.list"),
        ([], "json:$.path.to.list"),
        ([1, 2], "json:$.path.to.list"),
        ({"a": {"b": "c"}}, "json:$.path.to.list"),
        (STORIES[:1], "json:$ (1 object with "),
        (
            {"menu": [{"x": 1}], "d": {"the rows": [{"head": "x", "no": 1}] * 5}},
            "json:$.d['the rows'] (5 objects with head, no)",
        ),
    ],
)
def test_json_without_a_list_says_where_to_name_it(document: object, path: str) -> None:
    how = drafts(document).how
    assert how.confidence == 0
    assert f"items: {path}" in how.note


def test_the_path_of_the_nearest_list_is_one_that_selects_it() -> None:
    document = {"d": {"it's": [{"in": [{"head": f"Story {n}", "no": n} for n in range(5)]}]}}
    path = drafts(document).how.note.rpartition("items: ")[2].partition(" (")[0]
    url = rule("json:$.no", template="https://a.example/{url}")
    assert len(drafts(document, fields={Field.URL: url}, items=split_selector(path)).items) == 5


@pytest.mark.parametrize("key", ["datePublished", "published_at", "pub-date", "timestamp", "date_gmt", "created"])
def test_dates_are_known_by_many_names(key: str) -> None:
    assert item(**{key: "2025-02-06T17:52:00" + ("" if key == "date_gmt" else "Z")}).published == DAY


@pytest.mark.parametrize("value", [DAY.timestamp(), int(DAY.timestamp()) * 1000, {"value": "2025-02-06T17:52:00Z"}])
def test_dates_are_numbers_and_objects_too(value: object) -> None:
    assert item(published=value).published == DAY


@pytest.mark.parametrize("value", [True, 1e300, 10**400, float("inf"), {}, [[]], {"value": {}}, "soon"])
def test_what_is_no_date_is_none(value: object) -> None:
    assert item(published=value).published is None


@pytest.mark.parametrize(
    "value",
    [
        "Ida Brandt",
        ["Ida Brandt"],
        {"name": "Ida Brandt", "url": "/people/ida"},
        [{"url": "/people/ida", "displayName": "Ida Brandt"}],
    ],
)
def test_people_are_called_by_their_names(value: object) -> None:
    assert [person.name for person in item(authors=value).authors] == ["Ida Brandt"]


@pytest.mark.parametrize(
    "value", ["Bells, Divers", ["Bells", "Divers"], [{"url": "/t/1", "name": "Bells"}, {"name": "Divers"}]]
)
def test_tags_are_texts_lists_and_objects(value: object) -> None:
    assert item(tags=value).tags == ("Bells", "Divers")


@pytest.mark.parametrize(
    "value", ["/a.jpg", ["/a.jpg", "/b.jpg"], {"src": "/a.jpg", "title": "A"}, [{"url": "/a.jpg"}]]
)
def test_pictures_are_texts_lists_and_objects(value: object) -> None:
    image = item(image=value).image
    assert image
    assert image.url == "https://www.mole-post.example/a.jpg"


ODD = {
    "meta": 1,
    "rows": [{"h": f"No. {n}: Story", "no": n, "by": ["Ida Brandt"], "pic": {"src": "/a.jpg"}} for n in range(3)],
}
FIELDS = {
    Field.URL: rule("json:$.no", template="https://a.example/{url}"),
    Field.TITLE: rule("json:$.h", pattern=r": (.+)"),
}


def test_a_person_says_where_the_entries_and_their_fields_are() -> None:
    fields = {**FIELDS, Field.AUTHORS: rule("json:$.by"), Field.IMAGE: rule("pic"), Field.TAGS: rule(constant="Mole")}
    listing = listed(ODD, fields=fields, items=split_selector("json:$.rows"))
    assert listing.how.extractor == "rules"
    assert [each.url for each in listing.items] == [f"https://a.example/{n}" for n in range(3)]
    first = listing.items[0]
    assert (first.title, first.authors, first.tags) == ("Story", (Person("Ida Brandt"),), ("Mole",))
    assert first.image
    assert first.image.url == "https://www.mole-post.example/a.jpg"


@pytest.mark.parametrize("path", ["json:$.rows[*]", "json:$..rows", "json:$.rows[?@.no >= 0]", "rows"])
def test_items_are_a_list_or_its_members(path: str) -> None:
    assert len(drafts(ODD, fields=FIELDS, items=split_selector(path)).items) == 3


def test_alternatives_are_taken_in_their_order() -> None:
    title = FieldRule((split_selector("json:$.nothing"), split_selector("json:$.h")))
    assert (
        listed(ODD, fields={**FIELDS, Field.TITLE: title}, items=split_selector("json:$.rows")).items[0].title
        == "No. 0: Story"
    )


def test_a_field_that_one_object_lacks_costs_that_object_the_field() -> None:
    rows = [{**row, "h": None} if row["no"] == 1 else row for row in ODD["rows"]]  # type: ignore[attr-defined]
    listing = listed({"rows": rows}, fields=FIELDS, items=split_selector("json:$.rows"))
    assert [each.title for each in listing.items] == ["Story", None, "Story"]


def test_items_that_are_not_there_name_the_rule_and_what_there_is() -> None:
    with pytest.raises(
        RuleMatchesNothing, match=r"items: json:\$\.rws selects no objects .* meta, rows; nearest: json:\$\.rows"
    ) as caught:
        drafts(ODD, items=split_selector("json:$.rws"))
    assert caught.value.rule == "items"


def test_a_field_that_no_object_has_names_the_rule_and_what_there_is() -> None:
    with pytest.raises(
        RuleMatchesNothing, match=r"fields\.summary: json:\$\.s gives nothing .* h, no, by, pic"
    ) as caught:
        drafts(ODD, fields={**FIELDS, Field.SUMMARY: rule("json:$.s")}, items=split_selector("json:$.rows"))
    assert caught.value.rule == "fields.summary"


def test_items_without_an_address_ask_for_it() -> None:
    with pytest.raises(RuleMatchesNothing, match=r"3 objects .* without an address; say where it is with fields\.url"):
        drafts(ODD, items=split_selector("json:$.rows"))


def test_a_pattern_of_addresses_leaves_the_entries_that_have_it() -> None:
    assert [each.url for each in drafts(STORIES, link_pattern="example/[02]$").items] == ["/0", "/2"]


def test_texts_are_found_in_nested_values() -> None:
    assert text_of([None, {"x": 1}, {"src": " /a.jpg "}]) == "/a.jpg"
    assert text_of({"rendered": ""}) is None
    assert name_of({"url": "/a"}) is None
    assert name_of([["deep"]]) is None


LONG = [{"title": f"Headline of the story {n}", "url": f"/{n}", "date": "2025-02-01"} for n in range(3)]


@pytest.mark.parametrize(
    "around",
    [
        {"next": "/api?page=2"},
        {"next_page_url": "/api?page=2"},
        {"links": {"next": "/api?page=2"}},
        {"_links": {"next": {"href": "/api?page=2"}}},
        {"pagination": {"next": "/api?page=2", "total": 9}},
    ],
)
def test_an_interface_says_in_its_document_where_it_goes_on(around: dict[str, object]) -> None:
    assert listed({"articles": LONG, **around}).next_url == "https://www.mole-post.example/api?page=2"


@pytest.mark.parametrize("around", [{"next": None}, {"next": 2}, {"next": "abc123=="}, {"links": ["/api?page=2"]}])
def test_what_is_no_address_is_no_next_page(around: dict[str, object]) -> None:
    assert listed({"articles": LONG, **around}).next_url is None


def test_objects_that_wrap_entries_are_looked_into() -> None:
    edges = [{"node": story, "cursor": str(number)} for number, story in enumerate(LONG)]
    assert len(listed({"data": {"articles": {"edges": edges}}}).items) == 3


def test_what_an_interface_says_is_told() -> None:
    note = drafts({"code": "rest_forbidden", "message": "Sorry, you are not allowed"}).how.note
    assert "which says “Sorry, you are not allowed”; say where it is: items: json:$" in note


def test_a_list_that_is_empty_is_not_one_that_is_gone() -> None:
    with pytest.raises(RuleMatchesNothing, match=r"json:\$\.articles selects a list .* that is empty"):
        drafts({"articles": []}, items=split_selector("json:$.articles"))


def test_a_path_that_stops_short_is_led_on() -> None:
    with pytest.raises(
        RuleMatchesNothing, match=r"nearest: json:\$\.data\.articles \(3 objects with title, url, date\)"
    ):
        drafts({"data": {"articles": LONG}}, items=split_selector("json:$.data"))
