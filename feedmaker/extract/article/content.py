"""The text of an article as HTML: trafilatura finds it, the page's own markup is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

import lxml.etree
from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_furniture
from feedmaker.extract.article.picture_address import rendition_of
from feedmaker.extract.article.text_blocks import Block, blocks_of, separate
from feedmaker.extract.article.text_choice import Declared, story_blocks
from feedmaker.model import Page
from feedmaker.tree import parse_to_edit

_MOST_ELEMENTS = 12_000  # of a page that is searched for a story; articles have hundreds, rarely three thousand
_LINK_LINE = 0.8  # share of links from which a line is an invitation to another page
_LONGEST_LINK_LINE = 250  # characters
_SHORTEST_LINK_LINE = 15
_HALF = 0.5  # share of the declared text below which the page shows too little of its story
_PICTURE_ADDRESS = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)


def article_html(page: Page) -> str | None:
    """The main text of a page as HTML in the page's own markup, for ``clean_html``; None if there is none.

    Headline, boxes, lines that link elsewhere and related stories are left out; pictures, lists, quotes and tables stay
    where they stand. Captions become the titles of their pictures, since they are no part of the running text.
    """
    declared = Declared.of(page.tree)
    if sum(1 for _ in page.tree.iter()) > _MOST_ELEMENTS:
        return declared.as_html()
    tree = parse_to_edit(page.content, page.encoding)
    body = tree.find("body")
    if body is None:
        return None
    _keep_captions(body)
    lxml.etree.strip_elements(body, "h1", "figcaption", with_tail=False)
    separate(body)
    _drop_link_lines(body)
    container, story = story_blocks(tree, body, declared, page.url)
    if not story or (declared.is_whole and sum(len(block.key) for block in story) < _HALF * len(declared.known)):
        return declared.as_html()  # for subscribers, or put in place by scripts
    return "".join(_markup(container, story)) or None


def _keep_captions(body: HtmlElement) -> None:
    for caption in body.iter("figcaption"):
        figure = next(caption.iterancestors("figure"), None)
        image = next(figure.iter("img"), None) if figure is not None else None
        if image is not None and (text := " ".join(caption.text_content().split())):
            image.set("title", text)


def _drop_link_lines(body: HtmlElement) -> None:
    """Take out lines such as "Read also: ...", which are links and hardly anything else."""
    for block in blocks_of(body):
        if _SHORTEST_LINK_LINE < len(block.text) < _LONGEST_LINK_LINE and block.link_share >= _LINK_LINE:
            block.element.drop_tree()


def _markup(container: HtmlElement, story: list[Block]) -> Iterator[str]:
    """The blocks before the container, then the container with nothing but its blocks and pictures."""
    kept = {block.element for block in story}
    within = set(container.iter())
    for block in story:
        if block.element not in within:
            yield _serialised(block.element)
    if container in kept:
        yield _serialised(container)
        return
    _show_pictures(container, kept)
    for block in blocks_of(container):
        if block.element not in kept:
            block.element.drop_tree()
    if container.tag in ("ul", "ol", "dl", "table"):
        yield _serialised(container)
        return
    yield escape(container.text or "")
    for child in container:
        yield _serialised(child)


def _show_pictures(container: HtmlElement, kept: set[HtmlElement]) -> None:
    """Give the story's pictures their real addresses, and take all others out."""
    last = [element for element in container.iter() if element in kept][-1]
    is_open, shown = True, set[str]()
    for element in list(container.iter()):
        if element.tag == "img":
            rendition = rendition_of(element)
            address = rendition.url if rendition else None
            if not is_open or not address or address in shown or not _is_of_story(element, container, kept):
                element.drop_tree()
            else:
                element.set("src", address)
                shown.add(address)
        is_open = is_open and element is not last


def _is_of_story(image: HtmlElement, container: HtmlElement, kept: set[HtmlElement]) -> bool:
    """Whether a picture belongs to the story: it stands in a kept block, or is no link to another page."""
    if any(ancestor in kept for ancestor in image.iterancestors()):
        return True
    link = next(image.iterancestors("a"), None)
    if link is not None and not _PICTURE_ADDRESS.search(link.get("href") or ""):
        return False
    return not is_furniture(image, {container, *container.iterancestors()})


def _serialised(element: HtmlElement) -> str:
    return lxml.etree.tostring(element, encoding="unicode", method="html", with_tail=False)
