"""Listing pages of our own, and how tests read them."""

from __future__ import annotations

from datetime import UTC, datetime

from feedmaker.extract.listing import extract_listing
from feedmaker.model import Field, FieldRule, ListedItem, Listing, ListingDraft, ListingRules, Page, Selector
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.listing import normalize_listing

URL = "https://www.harbour-times.example/world/"
NOW = datetime(2025, 2, 8, 12, 0, tzinfo=UTC)

HEADLINES = (
    "Ferry line to the islands opens after three years",
    "Council votes to keep the old lighthouse standing",
    "Storm closes the northern road for a second day",
    "Young sailors win the regatta in heavy weather",
    "New fish market draws crowds from the whole coast",
    "Harbour pilots ask for longer nights of rest",
    "Museum shows the wreck that divers found in May",
    "Winter swimmers break their own record again",
)

NAV = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{s}/'>{s.title()}</a></li>" for s in ("world", "sport", "arts"))
    + "</ul></nav>"
)
FOOTER = "<footer><a href='/imprint'>Imprint of the harbour times company</a><a href='/privacy'>Privacy</a></footer>"


def slug(headline: str) -> str:
    return headline.lower().replace(" ", "-")


def address(number: int) -> str:
    """The address of a story by its number."""
    return f"https://www.harbour-times.example/world/{slug(HEADLINES[number])}-{1000 + number}.html"


def path(number: int) -> str:
    """The same, relative to the site."""
    return address(number).removeprefix("https://www.harbour-times.example")


def addresses(*numbers: int) -> list[str]:
    return [address(number) for number in numbers]


def card(number: int, inner: str = "", tag: str = "article") -> str:
    """A card with a headline in a heading, and whatever else it is given."""
    return f"<{tag} class='card'><h2><a href='{path(number)}'>{HEADLINES[number]}</a></h2>{inner}</{tag}>"


def html(body: str, head: str = "", *, around: bool = True) -> str:
    """A whole page, with a menu and a footer unless it is told not to."""
    top, bottom = (NAV, FOOTER) if around else ("", "")
    return (
        f"<!doctype html><html lang='en'><head><title>World - Harbour Times</title>{head}</head>"
        f"<body>{top}<main>{body}</main>{bottom}</body></html>"
    )


def page(body: str, url: str = URL, head: str = "", *, around: bool = True) -> Page:
    return page_of(html(body, head, around=around), url)


def drafted(body: str, rules: ListingRules | None = None, url: str = URL, head: str = "") -> ListingDraft:
    return extract_listing(page(body, url, head), rules or ListingRules())


def listed(body: str, rules: ListingRules | None = None, url: str = URL, head: str = "") -> Listing:
    """The page as a listing, read at a frozen time."""
    return normalize_listing(drafted(body, rules, url, head), Context.of(NOW))


def items(inner: str, count: int = 6) -> tuple[ListedItem, ...]:
    """The entries of a list whose cards hold ``inner``, with ``{n}`` and ``{path}`` filled in."""
    return listed("".join(card(n, inner.format(n=n, path=path(n))) for n in range(count))).items


def blocks(block: str, count: int = 6) -> tuple[ListedItem, ...]:
    """The entries of a page of blocks, with ``{n}``, ``{path}`` and ``{title}`` filled in."""
    return listed("".join(block.format(n=n, path=path(n), title=HEADLINES[n]) for n in range(count))).items


def urls_of(listing: Listing) -> list[str]:
    return [item.url for item in listing.items]


def rule(
    *selectors: str, constant: str | None = None, pattern: str | None = None, template: str | None = None
) -> FieldRule:
    """A field's rule; a selector may end in ``@attribute``."""
    return FieldRule(tuple(map(selector, selectors)), constant, pattern, template)


def selector(text: str) -> Selector:
    if text.startswith("xpath:"):
        return Selector(text.removeprefix("xpath:"), is_xpath=True)
    expression, _, attribute = text.partition("@")
    return Selector(expression, attribute or None)


def rules(items: str | None = None, link_pattern: str | None = None, **fields: FieldRule) -> ListingRules:
    return ListingRules(
        selector(items) if items else None, {Field(name): each for name, each in fields.items()}, link_pattern
    )
