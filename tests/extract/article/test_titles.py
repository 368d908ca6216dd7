"""The headline that was written for readers, among those for search engines, cards and sites."""

from __future__ import annotations

from tests.extract.article.reading import entry_of, ld, page, story

READERS = "Ninety-one years under water, and it still rings"
SEARCHED = "Harbour bell Mole: diver finds lost bell from 1934"


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Mole Post">'


def article(headline: str) -> str:
    return ld({"@type": "NewsArticle", "headline": headline})


def test_the_declared_title_that_is_not_the_title_element_is_the_readers() -> None:
    both = {article(READERS) + og(SEARCHED), article(SEARCHED) + og(READERS)}
    assert {entry_of(page(head, story(headline=SEARCHED), title=f"{SEARCHED} | Mole Post")).title for head in both} == {
        READERS
    }


def test_where_the_declared_titles_agree_the_headline_on_the_page_does_not_overrule_them() -> None:
    head = article(READERS) + og(READERS)
    assert entry_of(page(head, story(headline="City: " + SEARCHED), title=READERS)).title == READERS


def test_where_neither_is_the_title_element_the_headline_on_the_page_decides() -> None:
    head = article("The bell is back") + og(READERS)
    assert entry_of(page(head, story(headline="The bell is back"), title=SEARCHED)).title == "The bell is back"


def test_what_three_others_say_like_the_headline_on_the_page_is_the_readers() -> None:
    head = article(SEARCHED) + og(READERS) + f'<meta name="twitter:title" content="{SEARCHED}">'
    assert entry_of(page(head, story(headline=SEARCHED), title=f"{SEARCHED} | Mole Post")).title == SEARCHED


def test_a_kicker_that_another_title_replaces_is_no_part_of_the_headline() -> None:
    head = og(f"Harbour: {READERS}")
    assert entry_of(page(head, story(headline=f"Mole's oldest bell - {READERS}"))).title == READERS


def test_a_long_name_of_the_site_behind_every_title_is_no_headline() -> None:
    end = "The Weekly Mole Harbour Post"
    head = f'<meta property="og:title" content="{READERS} | {end}">'
    assert entry_of(page(head, title=f"{SEARCHED} - {end}")).title == f"{READERS} | {end}"


def test_a_kicker_that_all_titles_carry_stays() -> None:
    head = og(f"Harbour: {READERS}")
    assert entry_of(page(head, story(headline=f"Harbour - {READERS}"))).title == f"Harbour: {READERS}"


def test_a_headline_with_soft_hyphens_is_the_same_as_one_without() -> None:
    soft = READERS.replace("water", "wa\u00adter").replace("years", "ye\u00adars").replace("still", "st\u00adill")
    assert entry_of(page(article(READERS) + og(SEARCHED), story(headline=soft), title="x")).title == READERS


def test_a_title_that_is_only_the_sites_name_comes_last() -> None:
    assert entry_of(page(og("Mole Post"), story(headline=READERS), title="Mole Post")).title == READERS


def test_a_title_that_was_cut_short_gives_way_to_the_whole_one() -> None:
    long = READERS + " as it did in 1934, the year of the flood that took it"
    head = article(long[:-12] + "…") + og(long)
    assert entry_of(page(head, story(headline=long))).title == long


def test_the_sites_name_section_and_date_go_from_the_end() -> None:
    assert entry_of(page(og(READERS + " - Mole Post"), story(headline="x"))).title == READERS


def test_of_several_headlines_the_one_like_the_title_is_the_storys() -> None:
    body = f"<h1>Mole Post</h1>{story(headline=READERS)}<h1>More from the city</h1>"
    assert entry_of(page(body=body, title=f"{READERS} | Mole Post")).title == READERS


def test_a_headline_in_a_dialog_is_no_headline() -> None:
    assert (
        entry_of(page(body='<div role="dialog"><h1>We value your privacy</h1></div>', title="A bell")).title == "A bell"
    )


def test_entities_are_decoded_once_and_markup_goes() -> None:
    assert (
        entry_of(page(ld({"@type": "Report", "headline": "Fish &amp; chips: <i>5&nbsp;&euro;</i>"}))).title
        == "Fish & chips: 5 €"
    )


def test_a_page_with_nothing_but_a_title_element_has_that() -> None:
    assert entry_of(page(title="A bell")).title == "A bell"
    assert entry_of("").title is None


def test_words_that_a_line_break_or_a_box_parts_stay_apart() -> None:
    headline = "<div>Ninety-one years</div>under water,<br>and it still rings"
    assert entry_of(page(body=story(headline=headline))).title == READERS
