"""What else a page announces as giving its entries: feeds, and the REST interface of WordPress."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedmaker.model import Alternative, Kind, Page
from feedmaker.normalize import urls

FEED_TYPES = {
    *("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"),
    *("application/xml", "text/xml", "application/rss", "text/rss+xml", "application/x-rss+xml"),
}
WORDPRESS_REL = "https://api.w.org/"
# How feeds of comments are called where they lie; a section of commentary has a feed of its own.
_COMMENTS_PATH = re.compile(
    r"/comments(?:/|\.|$)|comments-rss|/comments?/(?:feed|rss|atom)|[?&]feed=comments", re.IGNORECASE
)
_COMMENTS_TITLE = re.compile(
    r"\bcomments\b|kommentare$|kommentar[- ]?feed|commentaires|comentarios|comentários|dei commenti|reactiesfeed"
    r"|komentarz\w*$|комментари[ея]в?$|коментар|yorum|コメント|评论|留言",
    re.IGNORECASE,
)


def announced(page: Page) -> tuple[Alternative, ...]:
    """The page's alternatives in its order, feeds of comments left out.

    Feeds are found by ``<link rel="alternate">`` (HTML, section 4.6.7.1). On a WordPress page the posts of the very
    category or author that it shows come first, then all posts of the site.
    """
    found: dict[str, Alternative] = {}
    for alternative in _links(page):
        found.setdefault(alternative.url, alternative)
    return tuple(found.values())


def _links(page: Page) -> Iterator[Alternative]:
    for link in page.every("link"):
        rel = (link.get("rel") or "").lower().split()
        type_ = (link.get("type") or "").lower().partition(";")[0].strip()
        is_alternate = "alternate" in rel and (type_ in FEED_TYPES or type_ == "application/json")
        if not (is_alternate or WORDPRESS_REL in rel) or not (url := urls.absolute(link.get("href") or "", page.url)):
            continue
        title = link.get("title")
        if "alternate" in rel and type_ in FEED_TYPES and not _is_of_comments(url, title):
            yield Alternative(Kind.FEED, url, title)
        elif "alternate" in rel and type_ == "application/json" and (posts := _posts_of(url)):
            yield Alternative(Kind.WORDPRESS, posts, title)
        elif WORDPRESS_REL in rel:
            posts = f"{url.rstrip('/')}/wp/v2/posts"
            yield Alternative(Kind.WORDPRESS, _embedding(posts), title)


def _is_of_comments(url: str, title: str | None) -> bool:
    return bool(_COMMENTS_PATH.search(url) or _COMMENTS_TITLE.search((title or "").strip()))


def _posts_of(url: str) -> str | None:
    """The posts of a term or author, from the address of the term: ``…/wp/v2/categories/5``."""
    base, separator, term = url.partition("/wp/v2/")
    name, _, number = term.strip("/").partition("/")
    parameter = {"categories": "categories", "tags": "tags", "users": "author"}.get(name)
    if not separator or parameter is None or not number.isdecimal():
        return None
    return _embedding(f"{base}/wp/v2/posts", f"{parameter}={number}")


def _embedding(posts: str, *parameters: str) -> str:
    """The address of posts with their authors, pictures and terms; ``?rest_route=`` is a query already."""
    return posts + ("&" if "?" in posts else "?") + "&".join((*parameters, "_embed=1"))
