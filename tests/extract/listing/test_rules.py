"""A person's rules say where entries and fields are; what they leave open is found; what matches "
"nothing names itself."""

from __future__ import annotations

import pytest

from feedmaker.errors import ListingError, RuleMatchesNothing
from feedmaker.extract.listing import extract_listing
from feedmaker.model import FieldRule, ListingRules, Selector
from feedmaker.normalize.encoding import page_of
from tests.extract.listing.pages import HEADLINES, address, addresses, card, drafted, listed, rule, rules, urls_of

ITEM = (
    "<div class='list__item' data-unixtime='{time}' data-id='{n}'>"
    "<a href='/world/x-{n}.html' class='list__title'>{title}</a><span class='by'>By Ann Harper</span>"
    "<div class='list__image'><img src='blank.gif' data-src='/img/{n}.jpg'></div><i>sea</i><i>boats</i></div>"
)
LIST = "".join(ITEM.format(n=n, title=title, time=1738608720 + n) for n, title in enumerate(HEADLINES[:4]))
OTHER = (
    "<ul class='more'>"
    + "".join(f"<li><a href='/other/{n}'>Another headline of many words {n}</a></li>" for n in range(20))
    + "</ul>"
)


def test_items_alone_narrow_the_list_and_the_rest_is_found() -> None:
    listing = listed(OTHER + LIST, rules(items=".list__item"))
    assert [item.title for item in listing.items] == list(HEADLINES[:4])
    assert listing.items[1].image is not None
    assert listing.items[1].image.url == "https://www.harbour-times.example/img/1.jpg"
    assert listing.items[1].published is not None
    assert listing.items[1].published.isoformat() == "2025-02-03T18:52:01+00:00"
    assert listing.how.extractor == "rules"
    assert listing.how.confidence == 1.0


@pytest.mark.parametrize("items", ["div.list__item", "xpath://div[@class='list__item']", ".list__title"])
def test_items_are_css_or_xpath_and_may_be_the_links_themselves(items: str) -> None:
    assert [item.title for item in listed(LIST, rules(items=items)).items] == list(HEADLINES[:4])


def test_an_item_inside_of_its_link_has_that_link() -> None:
    body = "".join(f"<a href='{address(n)}'><div class='card'>{HEADLINES[n]}</div></a>" for n in range(3))
    assert urls_of(listed(body, rules(items=".card"))) == addresses(0, 1, 2)


def test_every_field_can_be_ruled() -> None:
    item = listed(
        LIST,
        rules(
            items=".list__item",
            url=rule("@data-id", template="/story/{url}.html"),
            title=rule(".missing", ".list__title"),
            summary=rule(constant="A story"),
            published=rule("@data-unixtime"),
            image=rule("img@data-src"),
            authors=rule(".by", pattern="^By (.+)"),
            tags=rule("i"),
        ),
    ).items[2]
    assert item.url == "https://www.harbour-times.example/story/2.html"
    assert item.title == HEADLINES[2]
    assert item.summary == "A story"
    assert item.published is not None
    assert item.image is not None
    assert item.image.url.endswith("/img/2.jpg")
    assert [person.name for person in item.authors] == ["Ann Harper"]
    assert item.tags == ("sea", "boats")
    assert item.provenance["title"] == "rule fields.title"


def test_fields_without_items_rule_the_cards_that_are_found() -> None:
    body = "".join(card(n, f"<em class='when'>on 0{n + 1} March 2024</em>") for n in range(5))
    listing = listed(body, rules(published=rule(".when")))
    assert [item.published and item.published.day for item in listing.items] == [1, 2, 3, 4, 5]


def test_a_field_that_one_card_lacks_costs_that_card_the_field() -> None:
    """A list of titles and a list of dates, paired by their order, would give every later entry the wrong date."""
    broken = LIST.replace("data-unixtime='1738608721'", "")
    listing = listed(broken, rules(items=".list__item", published=rule("@data-unixtime")))
    seconds = [item.published and int(item.published.timestamp()) for item in listing.items]
    assert seconds == [1738608720, None, 1738608722, 1738608723]


def test_usual_attributes_are_read_without_being_named() -> None:
    body = "".join(
        f"<div class='c'><a class='u' href='/s/{n}'>Go</a><h3>{HEADLINES[n]}</h3>"
        f"<time class='t' datetime='2025-01-0{n + 1}'>x</time>"
        f"<div class='p'><img data-src='/i/{n}.jpg'></div></div>"
        for n in range(3)
    )
    fields = rules(items=".c", url=rule(".u"), published=rule(".t"), image=rule(".p"), title=rule("h3"))
    item = listed(body, fields).items[0]
    assert (item.url, item.title) == ("https://www.harbour-times.example/s/0", HEADLINES[0])
    assert item.published is not None
    assert item.image is not None


def test_an_xpath_may_give_strings_and_numbers() -> None:
    fields = rules(
        items=".list__item",
        title=rule("xpath:string(.//a)"),
        tags=rule("xpath:.//i/text()"),
        summary=rule("xpath:count(.//i)"),
    )
    item = listed(LIST, fields).items[0]
    assert (item.title, item.tags, item.summary) == (HEADLINES[0], ("sea", "boats"), "2")


def test_an_address_that_a_rule_does_not_find_costs_the_item() -> None:
    body = LIST.replace("data-id='1'", "")
    listing = listed(body, rules(items=".list__item", url=rule("@data-id", template="https://x.example/{url}")))
    assert urls_of(listing) == ["https://x.example/0", "https://x.example/2", "https://x.example/3"]


def test_a_template_without_a_value_for_a_placeholder_gives_that_card_nothing() -> None:
    body = LIST.replace("<i>sea</i><i>boats</i>", "", 1)
    fields = rules(items=".list__item", tags=rule("i"), summary=rule(template="{title} ({tags})"))
    items = listed(body, fields).items
    assert [item.summary for item in items[:2]] == [None, f"{HEADLINES[1]} (sea, boats)"]


def test_a_template_has_what_other_rules_give_wherever_they_stand() -> None:
    fields = rules(
        items=".list__item",
        summary=rule(template="{authors} on {tags}: {title} at {url}"),
        title=rule("a", template="Story: {title}"),
        url=rule("@data-id", template="/story/{url}"),
        authors=rule(".by", pattern="^By (.+)"),
        tags=rule("i"),
    )
    item = listed(LIST, fields).items[0]
    assert item.summary == f"Ann Harper on sea, boats: Story: {HEADLINES[0]} at /story/0"


def test_templates_that_name_each_other_are_filled_as_they_are_given() -> None:
    fields = rules(
        items=".list__item",
        title=rule("a", template="{title} ({url})"),
        url=rule("@data-id", template="/s/{url}/{title}"),
    )
    item = listed(LIST, fields).items[0]
    assert item.title == f"{HEADLINES[0]} (https://www.harbour-times.example/world/x-0.html)"
    assert item.url.startswith("https://www.harbour-times.example/s/0/Ferry")


def test_items_without_links_need_a_rule_for_their_address() -> None:
    body = "".join(f"<div class='c' data-slug='s-{n}'><h3>{HEADLINES[n]}</h3></div>" for n in range(3))
    found = listed(body, rules(items=".c", url=rule("@data-slug", template="/s/{url}")))
    assert urls_of(found) == [f"https://www.harbour-times.example/s/s-{n}" for n in range(3)]
    assert [item.title for item in found.items] == list(HEADLINES[:3])
    with pytest.raises(RuleMatchesNothing, match="none of which holds a link"):
        listed(body, rules(items=".c"))


def test_a_pattern_of_addresses_picks_the_entries() -> None:
    listing = listed(OTHER + LIST, rules(link_pattern=r"/world/x-\d+\.html$"))
    assert [item.title for item in listing.items] == list(HEADLINES[:4])


def test_a_pattern_narrows_ruled_items_too() -> None:
    listing = listed(LIST, rules(items=".list__item", link_pattern="x-[12]"))
    assert [item.title for item in listing.items] == list(HEADLINES[1:3])


@pytest.mark.parametrize(
    ("given", "name", "message"),
    [
        (
            rules(items=".list-item"),
            "items",
            r"items: \.list-item selects nothing on .*; nearest: \.list__item \(4 times on the page\)",
        ),
        (rules(items="#river"), "items", r"nothing on the page is called #river"),
        (rules(items="div.list__titel a"), "items", r"nearest: \.list__title \(4 times on the page\)"),
        (
            rules(items="i > .list__item"),
            "items",
            r"its parts stand on the page, but not together: i \(8 times\), \.list__item \(4 times\)",
        ),
        (rules(items="xpath://div[@class='list_item']"), "items", r"nearest: \.list__item \(4 times on the page\)"),
        (rules(items="xpath:/*[2]"), "items", r"there are \d+ elements on the page"),
        (rules(items="xpath:string(//a)"), "items", "selects nothing"),
        (rules(items="xpath://i/text()"), "items", "selects texts, not elements on .*; select the whole cards"),
        (
            rules(items=".list__item", title=rule(".lst__title", ".headline")),
            "fields.title",
            (
                r"fields\.title: \.lst__title or \.headline "
                r"gives nothing in any of the 4 items .*nearest: \.list__title \(1 time in the first item\)"
            ),
        ),
        (
            rules(items=".list__item", image=rule("img@data-scr")),
            "fields.image",
            r"fields\.image: img@data-scr gives nothing .*nearest: img@data-src; it has the attributes src, data-src",
        ),
        (rules(items=".list__item", image=rule("i@src")), "fields.image", "; i is there, without any attribute"),
        (
            rules(items=".list__item", published=rule("@data-unixtme")),
            "fields.published",
            r"nearest: @data-unixtime; it has the attributes class, data-unixtime, data-id",
        ),
        (
            rules(items=".list__item", title=FieldRule((Selector("$.title", is_json=True),))),
            "fields.title",
            r"json:\$\.title gives nothing .*a path into JSON finds nothing in the first item, which is HTML",
        ),
        (
            rules(items=".list__item", authors=rule(".by", pattern="^Von (.+)")),
            "fields.authors",
            r"fields\.authors\.regex: \^Von \(\.\+\) is found in nothing that \.by gives .*“By Ann Harper”",
        ),
        (
            rules(items=".list__item", title=rule(template="{tags}: {title}")),
            "fields.title",
            r"fields\.title\.template: \{tags\}: \{title\} cannot be filled .* none of them has tags",
        ),
        (rules(link_pattern=r"/articles/\d+"), "link_pattern", r"found in none of the 8 links of .*/world/x-0\.html"),
    ],
)
def test_a_rule_that_matches_nothing_names_itself_and_what_is_nearest(
    given: ListingRules, name: str, message: str
) -> None:
    with pytest.raises(RuleMatchesNothing, match=message) as caught:
        drafted(LIST, given)
    assert caught.value.rule == name
    assert caught.value.address == "https://www.harbour-times.example/world/"


def test_a_tag_taken_for_a_class_is_the_nearest() -> None:
    with pytest.raises(RuleMatchesNothing, match=r"nearest: article \(4 times on the page\)"):
        listed("".join(card(n) for n in range(4)), rules(items=".artcle"))


@pytest.mark.parametrize("asked", [rules(items=".card"), rules(link_pattern="/story/")], ids=["items", "pattern"])
def test_a_rule_that_matches_nothing_on_a_robot_check_says_so(asked: ListingRules) -> None:
    with pytest.raises(RuleMatchesNothing, match="robot check by Cloudflare"):
        listed("<script src='/cdn-cgi/challenge-platform/h/b.js'></script>Just a moment...", asked)


def test_a_pattern_that_never_ends_is_stopped_by_name() -> None:
    body = "".join(f"<div class='c'><a href='/s/{n}'>{'a' * 60}!{n}</a></div>" for n in range(2))
    with pytest.raises(ListingError, match=r"fields\.title\.regex: '\(a\|aa\|a\?\)\+\$' took longer"):
        drafted(body, rules(items=".c", title=rule("a", pattern="(a|aa|a?)+$")))


def test_selectors_are_told_as_they_were_written() -> None:
    assert str(Selector("img", attribute="data-src")) == "img@data-src"


def test_a_person_s_rule_reaches_into_menus() -> None:
    body = "<nav>" + "".join(f"<p class='c'><a href='/s/{n}'>{HEADLINES[n]}</a></p>" for n in range(3)) + "</nav>"
    assert len(listed(body, rules(items=".c")).items) == 3
    assert len(listed(body, rules(link_pattern="/s/")).items) == 3


def test_a_link_pattern_that_runs_away_is_a_fault_of_the_source() -> None:
    page = page_of(f'<main><a href="/{"a" * 5000}!">A story with some words</a></main>', "https://news.example/")
    with pytest.raises(ListingError, match="link_pattern"):
        extract_listing(page, ListingRules(link_pattern=r"^(?:https://news.example/)(?:(?:a|aa)+)+$"))


@pytest.mark.parametrize(
    ("picture", "asked"),
    [
        ("<img srcset='/p/{n}-s.jpg 300w, /p/{n}.jpg 900w'>", "img@srcset"),
        ("<img data-srcset='/p/{n}.jpg 1x'>", "img@data-srcset"),
        ("<b class='pic' style=\"background-image: url('/p/{n}.jpg')\"></b>", ".pic@style"),
        ("<b class='pic' style=\"background-image: url('/p/{n}.jpg')\"></b>", ".pic"),
    ],
)
def test_a_picture_is_read_in_the_forms_in_which_pages_have_it(picture: str, asked: str) -> None:
    body = "".join(f"<div class='c'><a href='/s/{n}'>{HEADLINES[n]}</a>{picture.format(n=n)}</div>" for n in range(2))
    images = [item.image and item.image.url for item in listed(body, rules(items=".c", image=rule(asked))).items]
    assert images == [f"https://www.harbour-times.example/p/{n}.jpg" for n in range(2)]


def test_items_that_select_the_whole_list_are_not_sure() -> None:
    listing = listed("<div class='river'>" + "".join(card(n) for n in range(6)) + "</div>", rules(items=".river"))
    assert not listing.how.is_sure
    assert (
        listing.how.note == "items: .river selects one element that holds 6 links with titles; select each card in it"
    )


def test_one_card_is_as_sure_as_many() -> None:
    body = card(0, "<p><a href='/s/1'>A related story of many words</a> <a href='/c'>3 comments</a></p>")
    assert listed(body, rules(items=".card")).how.confidence == 1.0
