"""Feeds to write: one as a good site gives it, and entries as nasty as the web has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedmaker.model import Entry, Feed, FeedEntry, Image, Person

NOON = datetime(2025, 2, 6, 12, tzinfo=UTC)
BASE = "https://feeds.example.org/news/"
LEAD = Image(
    "https://img.harbour.example/pier-1920x1080.jpg",
    1920,
    1080,
    alt="The pier at dusk",
    caption="The pier, two days before the storm.",
    credit="© Northlight / J. Aune",
    type="image/jpeg",
    length=204_800,
)
SQUARE = replace(LEAD, url="https://img.harbour.example/pier-1080x1080.jpg", width=1080, length=None)
ENTRY = Entry(
    id="https://harbour.example/americas/pier",
    url="https://harbour.example/americas/pier",
    title="Harbour towns count the cost",
    summary="The northern ports stayed open through January.",
    authors=(Person("Ingrid Solheim", "https://harbour.example/people/solheim"), Person("Marek Dvořák")),
    tags=("harbours", "climate & ice"),
    section="Americas",
    language="en",
    publisher="Harbour Post",
    images=(LEAD,),
    is_free=True,
)


def shown(entry: Entry, published: datetime = NOON, updated: datetime | None = None) -> FeedEntry:
    """The entry as it stands in a feed."""
    return FeedEntry(entry, published, updated or published)


def feed(*entries: Entry, base_url: str | None = BASE) -> Feed:
    """A feed of these entries, an hour apart, the first one newest, with an icon."""
    return Feed(
        name="harbour-americas",
        title="Harbour Post: Americas",
        home_url="https://harbour.example/americas/",
        description="News of the ports",
        language="en",
        entries=tuple(shown(entry, NOON - timedelta(hours=place)) for place, entry in enumerate(entries)),
        base_url=base_url,
        ttl=timedelta(minutes=15),
        changed_at=NOON,
        icon=Image("https://harbour.example/icon-96x96.png", 96, 96),
    )


def numbered(count: int) -> tuple[Entry, ...]:
    """Entries as a busy section has them."""
    return tuple(
        replace(ENTRY, id=f"{ENTRY.url}-{number}", url=f"{ENTRY.url}-{number}", title=f"Story {number} & more")
        for number in range(count)
    )


def _plane(number: int) -> str:
    """Every 97th character of a plane of Unicode, the last two and the first ones of it among them."""
    start = number * 0x10000
    return "".join(
        map(chr, [*range(start, start + 0x300), *range(start, start + 0x10000, 97), start + 0xFFFE, start + 0xFFFF])
    )


_LONG = "https://harbour.example/" + "a/" * 2000
NASTY: dict[str, Entry] = {
    **{f"plane {number}": replace(ENTRY, title=_plane(number), summary=_plane(number)) for number in range(17)},
    "surrogates": replace(ENTRY, title="cut \ud83d short", summary="\udc80\udcff", tags=("\ud800", "a\udfffb")),
    "c0 and c1 controls": replace(ENTRY, title="a\x00b\x07c\x1fd\x7fe\x80f\x9fg", publisher="\x1b[31mPost\x85Office"),
    "noncharacters": replace(ENTRY, title="a\ufffeb\uffffc\ufdd0d\U0001fffee", content_html="<p>\ufdef\ufffd\x0c</p>"),
    "line ends": replace(ENTRY, title=" two\r\nlines\u2028\tand\xa0more ", summary="one\r\n\r\ntwo\rthree"),
    "tags in title": replace(ENTRY, title="Why <b>bold</b> & <script>alert(1)</script> lose", tags=("<i>x</i>",)),
    "entities in title": replace(
        ENTRY, title="Tom &amp; Jerry &lt;live&gt; &eacute; &#x41; &nbsp;", tags=("R&D", "&amp;")
    ),
    "references without semicolons": replace(
        ENTRY, title="Art&image, sin&theta, 3&4, R&D, &lt and &#65", summary="Q&copy", publisher="P&L", tags=("M&para",)
    ),
    "references in names": replace(ENTRY, authors=(Person("Rock &amp; Roll"), Person("R&reg"), Person("A <b> C"))),
    "comparison in title": replace(ENTRY, title="If a < b & b > c, then ]]> a <= c", summary="1 < 2 && 3 > 2 ]]>"),
    "megabyte title": replace(ENTRY, title="word " * 200_000, summary="x" * 1_000_000),
    "no title": replace(ENTRY, title=None),
    "blank title": replace(ENTRY, title=" \x00\u200b\n", summary="Only a summary, but a long one. " * 20),
    "no title, no summary": replace(ENTRY, title=None, summary=None),
    "nothing at all": Entry(id=ENTRY.id, url=ENTRY.url),
    "title alone": Entry(id=ENTRY.id, url=ENTRY.url, title="Alone"),
    "picture alone": Entry(id=ENTRY.id, url=ENTRY.url, images=(Image("https://img.example/x"),)),
    "right to left": replace(ENTRY, title="\u202bاكتشاف مدينة\u202c", language="ar", authors=(Person("ليلى حداد"),)),
    "bidi isolates": replace(ENTRY, title="\u2068עברית\u2069 and English \u200f\u200e", language="he-IL"),
    "emoji and joiners": replace(ENTRY, title="👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 नमस्ते क्‍ष", tags=("🌊", "e\u0301")),
    "wrong language": replace(ENTRY, language="english (UK)"),
    "address with spaces": replace(ENTRY, url="https://harbour.example/a b/ü?q=ä ö&x=<y>|[z]#frag ment"),
    "address with non-ascii host": replace(
        ENTRY, url="https://bücher.example/größe", id="https://bücher.example/größe"
    ),
    "address with stray percent": replace(ENTRY, url="https://harbour.example/100%/50%25/%e4%"),
    "address with controls": replace(ENTRY, url="https://harbour.example/a\x00\tb\nc\ud800"),
    "long address": replace(ENTRY, url=_LONG),
    "id that is no utf-8": replace(ENTRY, id="https://harbour.example/gr%F6%DFe"),
    "id of decomposed letters": replace(ENTRY, id="https://harbour.example/cafe%CC%81"),
    "tag id": replace(ENTRY, id="tag:harbour.example,2025:pier/Ä b"),
    "host alone as id": replace(ENTRY, id="https://harbour.example"),
    "same id twice": replace(ENTRY, id="https://harbour.example/"),
    "quotes in picture": replace(
        ENTRY, images=(replace(LEAD, url="https://i.example/\"a\"'b'<c>.jpg", alt='"><x y="'),)
    ),
    "picture of unknown type": replace(ENTRY, images=(Image("https://i.example/p?id=1", type="nonsense"),)),
    "picture without size": replace(ENTRY, images=(replace(LEAD, width=None, height=None, length=None),)),
    "many crops": replace(ENTRY, images=(LEAD, SQUARE, replace(LEAD, url="https://i.example/third.webp", type=None))),
    "html caption": replace(ENTRY, images=(replace(LEAD, caption="<b>AT&amp;T</b>", credit="A <x@y.example>"),)),
    "nameless author": replace(ENTRY, authors=(Person(" \x00"), Person("Ann <ann@x.example>"))),
    "no author": replace(ENTRY, authors=(), publisher=None),
    "full text": replace(
        ENTRY,
        content_html='<p>One <a href="https://x.example/?a=1&amp;b=2">link</a> ]]&gt; and ]]> more</p><hr><p>Two</p>',
    ),
    "full text with the picture": replace(ENTRY, content_html=f'<p>x</p><img src="{LEAD.url}?w=640" alt="y"><p>z</p>'),
    "full text without summary": replace(ENTRY, summary=None, content_html="<ul><li>a</li></ul>", images=()),
}


def nasty_feed() -> Feed:
    """All nasty entries in one feed, each with an id of its own but those that are about ids."""
    entries = [
        entry if entry.id != ENTRY.id else replace(entry, id=f"{ENTRY.id}-{place}")
        for place, entry in enumerate(NASTY.values())
    ]
    return replace(feed(*entries), title="Nasty & <b>bold</b>\x00", description="\ud800 &amp; </p>", language="x y")
