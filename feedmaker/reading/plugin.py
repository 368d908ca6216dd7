"""A person's own extractor for one source: looked up, called, and what it gives checked, all behind one border."""

from __future__ import annotations

import importlib
import logging
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from feedmaker.errors import ListingError
from feedmaker.model import How, Image, ListedItem, Listing, ListingRules, Page, Person, SiteFunction
from feedmaker.normalize import urls
from feedmaker.normalize.context import Context
from feedmaker.normalize.text import plain
from feedmaker.reading.pages import listing_of

MOST_ITEMS = 10_000
LONGEST_REASON = 300  # characters
TYPES: dict[str, type] = {"url": str, "title": str, "summary": str, "published": datetime, "image": Image}
TYPES_OF_EACH: dict[str, type] = {"authors": Person, "tags": str}

log = logging.getLogger(__name__)
_path_lock = threading.Lock()


def listing_by(site: SiteFunction, page: Page, context: Context) -> Listing:
    """The listing of a page whose items a person's own function finds; all else is found as on any page.

    Raises ListingError for whatever goes wrong in the function or with what it gives.
    """
    # The one place where catching everything is right: this code is not Feedmaker's own. A fault in it, even one in its
    # first line or a call of sys.exit, must cost its source alone, as a fault of the site's page would.
    try:
        items = tuple(_checked(_called(site, page), page, context))
    except (Exception, SystemExit) as error:
        log.debug("the trace of %s on %s", site, page.url, exc_info=error)
        raise ListingError(f"site: {site} fails on {page.url}: {_reason(error, site)}", address=page.url) from error
    found = listing_of(page, ListingRules(), context)
    how = How("site", 1.0 if items else 0.0, "" if items else f"site: {site} gives no items")
    return replace(found, items=items, how=how, alternatives=())


def _called(site: SiteFunction, page: Page) -> Iterable[Any]:
    _add_to_path(site.folder)
    function = importlib.import_module(site.module)
    for name in site.function.split("."):
        function = getattr(function, name)
    items: Any = function(page)  # type: ignore[operator]
    if not isinstance(items, Iterable) or isinstance(items, str | bytes | dict):
        raise TypeError(f"it gives {_a(items)}, expected an iterable of feedmaker.ListedItem")
    return items


def _add_to_path(folder: Path) -> None:
    """Let modules beside the settings file be found, after all others: none of them can stand in for a library."""
    with _path_lock:
        if str(folder) not in sys.path:
            sys.path.append(str(folder))


def _checked(items: Iterable[Any], page: Page, context: Context) -> Iterator[ListedItem]:
    for number, item in enumerate(islice(items, MOST_ITEMS + 1), start=1):
        if number > MOST_ITEMS:
            raise ValueError(f"it gives more than {MOST_ITEMS} items")
        if not isinstance(item, ListedItem):
            raise TypeError(f"item {number} is {_a(item)}, expected feedmaker.ListedItem")
        yield _normalized(_typed(item, number), number, page, context)


def _typed(item: ListedItem, number: int) -> ListedItem:
    for name, type_ in TYPES.items():
        value = getattr(item, name)
        if not isinstance(value, type_) and (value is not None or name == "url"):
            raise TypeError(f"{name} of item {number} is {_a(value)}, expected {type_.__name__}")
    for name, type_ in TYPES_OF_EACH.items():
        value = getattr(item, name)
        wrong = [value] if isinstance(value, str) else [each for each in value if not isinstance(each, type_)]
        if wrong:
            raise TypeError(f"{name} of item {number} has {_a(wrong[0])}, expected a tuple of {type_.__name__}")
    return replace(item, authors=tuple(item.authors), tags=tuple(item.tags))


def _normalized(item: ListedItem, number: int, page: Page, context: Context) -> ListedItem:
    """The item with absolute addresses, plain texts and a date that has a zone."""
    url = urls.absolute(item.url, page.url)
    if not url:
        raise ValueError(f"url of item {number} is {item.url!r:.100}, expected a web address")
    published = item.published
    if published and published.tzinfo is None:
        published = published.replace(tzinfo=context.timezone or UTC)
    image_url = urls.absolute(item.image.url, page.url) if item.image else None
    return replace(
        item,
        url=urls.clean(url),
        title=plain(item.title) if item.title else None,
        summary=plain(item.summary) if item.summary else None,
        published=published,
        image=replace(item.image, url=image_url) if item.image and image_url else None,
    )


def _reason(error: BaseException, site: SiteFunction) -> str:
    """The last line of the trace, and the line of the person's own code that it came from."""
    if isinstance(error, ModuleNotFoundError) and error.name == site.module.partition(".")[0]:
        return f"there is no module {error.name}; put {error.name}.py into {site.folder}, or install it"
    words = " ".join(traceback.format_exception_only(error)[-1].split())[:LONGEST_REASON]
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(site.folder)]
    if isinstance(error, SyntaxError):
        return f"{words} ({error.filename}, line {error.lineno})"
    return f"{words} ({own[-1].filename}, line {own[-1].lineno})" if own else words


def _a(value: object) -> str:
    return f"a {type(value).__name__}" if value is not None else "None"
