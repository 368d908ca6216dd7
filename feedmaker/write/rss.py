"""What RSS 2.0 needs beyond what feedgen writes of it (https://www.rssboard.org/rss-specification, rss-profile)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.model import Entry, Feed, FeedEntry, Image
from feedmaker.normalize.urls import host_of
from feedmaker.write.content import content_html
from feedmaker.write.dates import NEVER, rfc822
from feedmaker.write.elements import ATOM_NS, CONTENT_NS, DC_NS, add, add_html, drop
from feedmaker.write.links import add_links
from feedmaker.write.markup import escaped, untyped
from feedmaker.write.media import add_media, media_type
from feedmaker.write.names import RSS

if TYPE_CHECKING:
    from feedmaker.write.elements import Element


def mend_channel(channel: Element, feed: Feed) -> None:
    """Links to itself and others, the update without a clock, and how long readers may wait."""
    _set_text(channel, "title", feed.title)
    _set_text(channel, "description", feed.description or host_of(feed.home_url) or feed.title)
    add_links(channel, f"{{{ATOM_NS}}}link", feed, RSS)
    add(channel, "lastBuildDate", rfc822(feed.updated or NEVER))
    if feed.ttl:
        add(channel, "ttl", str(max(1, round(feed.ttl.total_seconds() / 60))))
    if feed.icon:
        _add_icon(channel, feed, feed.icon)


def _add_icon(channel: Element, feed: Feed, icon: Image) -> None:
    """The site's icon, with title and link of the channel, as the RSS Profile recommends."""
    image = add(channel, "image")
    add(image, "url", icon.url)
    add(image, "title", untyped(feed.title))
    add(image, "link", feed.home_url)
    add(image, "width", str(icon.width))
    add(image, "height", str(icon.height))


def mend_item(item: Element, shown: FeedEntry, feed: Feed) -> None:
    """All of an item but its link and guid."""
    entry = shown.entry
    if entry.title:
        _set_text(item, "title", entry.title)
    else:
        drop(item, "title")  # readers then show the text; the stand-in that Atom requires would be shown twice
    _add_texts(item, entry)
    add(item, "pubDate", rfc822(shown.published))
    for person in entry.authors:  # RSS' own author is an e-mail address
        add(item, f"{{{DC_NS}}}creator", person.name)
    for tag in entry.tags:
        add(item, "category", untyped(tag))
    if entry.publisher:
        add(item, f"{{{DC_NS}}}publisher", entry.publisher)
    if entry.language and entry.language != feed.language:
        add(item, f"{{{DC_NS}}}language", entry.language)
    if entry.images:
        _add_enclosure(item, entry)
        add_media(item, entry.images)


def _add_texts(item: Element, entry: Entry) -> None:
    """The summary as description and the content after it, if it has more to show.

    Without a summary the content is the description: content:encoded alone is no item to the RSS Profile.
    """
    has_more = bool(entry.content_html or entry.images)
    if entry.summary:
        add_html(item, "description", escaped(entry.summary))
    if has_more or not (entry.title or entry.summary):
        add_html(item, f"{{{CONTENT_NS}}}encoded" if entry.summary else "description", content_html(entry))


def _add_enclosure(item: Element, entry: Entry) -> None:
    """One enclosure, as readers expect; its length is required, and "0" says that it is not known.

    The W3C validator asks for zero in that case, and readers only show the length of sound and video.
    """
    lead = entry.images[0]
    add(item, "enclosure", url=lead.url, length=lead.length or 0, type=media_type(lead))


def _set_text(parent: Element, tag: str, plain: str) -> None:
    """Replace what feedgen wrote, which declares nothing and protects nothing."""
    element = parent.find(tag)
    assert element is not None
    element.text = untyped(plain)
