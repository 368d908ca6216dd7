"""Feeds that exist already: RSS 0.9 to 2.0, Atom and JSON Feed, with all that their entries carry."""

from __future__ import annotations

import pytest

from feedmaker.errors import ListingError, RuleMatchesNothing
from feedmaker.model import Field, Image, Listing, Person
from tests.extract.listing.feeds import DAY, DC, drafts, entry, item, listed, rss, rule


def test_rss_2_is_read_whole() -> None:
    listing = listed(
        rss(
            "<item><link>https://www.mole-post.example/bell?utm_source=rss</link><title>Bells &amp;amp; divers</title>"
            "<description>&lt;p&gt;It is &lt;b&gt;back&lt;/b&gt;.&lt;/p&gt;</description>"
            "<dc:creator>Ida Brandt</dc:creator>"
            "<pubDate>Thu, 06 Feb 2025 17:52:00 GMT</pubDate><category>Bells</category><category>Divers</category>"
            '<enclosure url="/bell.jpg" length="12" type="image/jpeg"/></item>',
            "<description>News of Mole</description><language>en-gb</language>",
        )
    )
    assert (listing.title, listing.summary, listing.language) == ("Mole Post", "News of Mole", "en-GB")
    assert (listing.how.extractor, listing.how.confidence) == ("feed", 1.0)
    (only,) = listing.items
    assert only.url == "https://www.mole-post.example/bell"
    assert (only.title, only.summary, only.published) == ("Bells & divers", "It is back.", DAY)
    assert (only.authors, only.tags) == ((Person("Ida Brandt"),), ("Bells", "Divers"))
    assert only.image == Image("https://www.mole-post.example/bell.jpg", type="image/jpeg")


def test_rss_1_is_read_with_its_dublin_core() -> None:
    listing = listed(
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' xmlns="http://purl.org/rss/1.0/" {DC}><channel rdf:about="/"><title>Mole Post</title></channel>'
        '<item rdf:about="/1"><title>The bell returns</title><link>/1</link><dc:date>2025-02-06T17:52Z</dc:date>'
        "<dc:creator>Ida Brandt</dc:creator><dc:subject>Bells</dc:subject></item></rdf:RDF>"
    )
    (only,) = listing.items
    assert (only.url, only.title, only.published) == ("https://www.mole-post.example/1", "The bell returns", DAY)
    assert (only.authors, only.tags) == ((Person("Ida Brandt"),), ("Bells",))


def test_atom_is_read_with_base_and_relations() -> None:
    listing = listed(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.mole-post.example/city/" xml:lang="de">'
        '<title type="html">Mole &amp;amp; Post</title><subtitle>Neues</subtitle><link rel="next" href="?page=2"/>'
        '<entry><title>Die Glocke ist zurück</title><link rel="replies" href="r"/><link href="bell"/>'
        "<published>2025-02-06T18:52:00+01:00</published><updated>2025-02-07T08:00:00Z</updated>"
        '<author><name>Ida Brandt</name><uri>/people/ida</uri></author><category term="Glocken"/>'
        '<summary>Sie ist da.</summary><content type="html">&lt;p&gt;Lang.&lt;/p&gt;</content></entry></feed>'
    )
    assert (listing.title, listing.summary, listing.language) == ("Mole & Post", "Neues", "de")
    assert listing.next_url == "https://www.mole-post.example/city/?page=2"
    (only,) = listing.items
    assert (only.url, only.published) == ("https://www.mole-post.example/city/bell", DAY)
    assert (only.summary, only.tags) == ("Sie ist da.", ("Glocken",))
    assert [person.name for person in only.authors] == ["Ida Brandt"]


def test_a_feed_without_entries_says_so() -> None:
    assert drafts(rss("")).how.note == "a feed without entries"


def test_rdf_about_other_things_is_no_feed() -> None:
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>'
    assert drafts(rdf).how.extractor != "feed"


@pytest.mark.parametrize(
    ("inner", "picture"),
    [
        ('<enclosure url="/a.mp3" type="audio/mpeg"/><media:thumbnail url="/t.jpg" width="640"/>', "t.jpg"),
        ('<media:content url="/v.mp4" medium="video"/><media:content url="/a" medium="image"/>', "a"),
        ('<media:thumbnail url="/t.jpg"/><media:content url="/a.webp?w=9"/>', "a.webp?w=9"),
        ('<media:group><media:content url="/a.jpg" type="image/jpeg" width="800"/></media:group>', "a.jpg"),
        ('<enclosure url="/a.PNG"/><media:thumbnail url="/t.jpg"/>', "a.PNG"),
    ],
)
def test_pictures_are_told_from_other_media(inner: str, picture: str) -> None:
    image = item(inner).image
    assert image
    assert image.url == f"https://www.mole-post.example/{picture}"


def test_what_encloses_no_picture_has_none() -> None:
    assert item('<enclosure url="/a.mp3" type="audio/mpeg"/><media:content url="/a.mp4"/>').image is None


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<guid>https://www.mole-post.example/g</guid>", "https://www.mole-post.example/g"),
        (
            '<guid isPermaLink="false">x</guid><enclosure url="/a.mp3" type="audio/mpeg"/>',
            "https://www.mole-post.example/a.mp3",
        ),
        (
            '<link>https://f.example/1</link><o:origLink xmlns:o="http://rssnamespace.org/feedburner/ext/1.0">/1</o:origLink>',
            "https://www.mole-post.example/1",
        ),
    ],
)
def test_an_entry_is_known_by_the_address_of_its_page(link: str, url: str) -> None:
    assert item(link=link).url == url


def test_an_entry_without_an_address_is_left_out() -> None:
    assert drafts(rss("<item><title>Nowhere</title></item><item><link>/1</link></item>")).items[0].url.endswith("/1")


@pytest.mark.parametrize("is_first", [True, False])
def test_the_description_is_the_summary_wherever_it_stands(is_first: bool) -> None:
    content = "<content:encoded><![CDATA[<p>The whole story of the bell.</p>]]></content:encoded>"
    parts = ["<description>It is back.</description>", content]
    draft = entry("".join(parts if is_first else reversed(parts)))
    assert [each.value for each in draft.summaries] == ["It is back."]
    assert [each.value for each in draft.contents] == ["<p>The whole story of the bell.</p>"]


def test_an_update_is_the_date_where_there_is_no_other() -> None:
    entry = '<entry><link href="/1"/><updated>2025-02-06T17:52:00Z</updated></entry>'
    assert listed(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>').items[0].published == DAY


def test_entities_of_html_that_xml_does_not_know_are_read() -> None:
    assert listed(rss("<item><link>/1</link><title>Caf&eacute;&nbsp;Mole</title></item>")).items[0].title == "Café Mole"


def test_a_feed_that_breaks_off_keeps_what_came_before() -> None:
    text = rss("".join(f"<item><link>/{n}</link><title>Story {n}</title></item>" for n in range(5)))
    assert len(listed(text[: text.index("Story 4")]).items) >= 4


def test_a_feed_in_an_old_encoding_is_read_by_its_declaration() -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?>' + rss(
        "<item><link>/1</link><title>Колокол снова в городе</title></item>"
    )
    assert listed(text.encode("cp1251")).items[0].title == "Колокол снова в городе"


THREE = rss(
    "".join(
        f"<item><link>/{kind}/{n}</link><title>Mole Post: Story {n}</title>"
        f'<description>&lt;img src="/{n}.jpg"&gt; &lt;i class=by&gt;By Ida&lt;/i&gt;</description></item>'
        for n, kind in enumerate(("city", "sport", "city"))
    )
)


def test_a_pattern_of_addresses_leaves_the_entries_that_have_it() -> None:
    listing = listed(THREE, link_pattern=r"example/city/\d")
    assert [each.url.rpartition("example")[2] for each in listing.items] == ["/city/0", "/city/2"]


def test_a_pattern_that_no_address_has_names_itself_and_shows_some() -> None:
    with pytest.raises(RuleMatchesNothing, match=r"link_pattern: /arts/ .* 3 addresses .*/city/0") as caught:
        drafts(THREE, link_pattern="/arts/")
    assert caught.value.rule == "link_pattern"


def test_a_pattern_that_takes_too_long_is_stopped_by_name() -> None:
    with pytest.raises(ListingError, match=r"link_pattern: .* took longer"):
        drafts(rss(f"<item><link>/{'a' * 60}</link></item>"), link_pattern=r"(a|aa)+(a+)+$x")


def test_selectors_look_into_the_html_of_an_entry() -> None:
    fields = {
        Field.IMAGE: rule("img@src"),
        Field.AUTHORS: rule(".by", pattern="By (.+)"),
        Field.TITLE: rule(template="{title} ({url})"),
        Field.TAGS: rule(constant="Mole"),
    }
    first = listed(THREE, fields=fields).items[0]
    assert (first.image and first.image.url) == "https://www.mole-post.example/0.jpg"
    assert (first.authors, first.tags) == ((Person("Ida"),), ("Mole",))
    assert first.title == "Mole Post: Story 0 (https://www.mole-post.example/city/0)"


def test_a_selector_that_finds_nothing_in_any_entry_names_itself() -> None:
    with pytest.raises(RuleMatchesNothing, match=r"fields\.image: b@src gives nothing in any of the 3 entries"):
        drafts(THREE, fields={Field.IMAGE: rule("b@src")})


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("&#55357;&#56832;", "😀"),  # an emoji as the two halves of a pair, which is no XML and common
        ("&#xD83D;&#xde00;", "😀"),
        ("a&#xD800;b", "a�b"),
        ("a&#x110000;b", "a�b"),
        ("a&#99999999999999999999;b", "a�b"),
        ("&#65;&#0000066;&#x00043;", "ABC"),
        ("a &#38;#60; b", "a < b"),
    ],
)
def test_references_to_no_character_break_no_feed(reference: str, text: str) -> None:
    (only,) = listed(rss(f"<item><link>/1</link><title>It goes on: {reference} today</title></item>")).items
    assert only.title == f"It goes on: {text} today"


@pytest.mark.parametrize("namespace", ["http://a b", "http://h/&#xD800;", " ", "\t"])
def test_a_namespace_that_no_parser_expects_ends_in_a_listing(namespace: str) -> None:
    items = "<channel><item><link>/1</link><title>One</title></item></channel>"
    assert isinstance(listed(f'<rss version="2.0" xmlns="{namespace}">{items}</rss>'), Listing)
    assert isinstance(listed(f'<urlset xmlns="{namespace}"><url><loc>/1</loc></url></urlset>'), Listing)


def test_a_rule_for_what_a_feed_says_outside_of_its_text_tells_where_selectors_look() -> None:
    with pytest.raises(
        RuleMatchesNothing, match=r"nothing in the text of the first entry is called pubdate\. Selectors"
    ):
        drafts(THREE, fields={Field.PUBLISHED: rule("pubDate")})
