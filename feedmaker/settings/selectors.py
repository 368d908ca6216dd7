"""Selectors as settings write them, and as lxml runs them.

.list__title        CSS
img@data-src        CSS, then an attribute of what it selects
@data-unixtime      an attribute of the item itself
xpath:.//time[1]    XPath 1.0, relative to the item
json:$.data.items   JSONPath (RFC 9535), for addresses that answer with JSON
"""

from __future__ import annotations

import re
from functools import lru_cache

import cssselect
import lxml.etree
import lxml.html

from feedmaker.model import Selector
from feedmaker.settings.invalid import Invalid, describe, reason, require_text

EXPECTED = "a selector such as .card, img@data-src, xpath:.//time or json:$.data.articles"
LONGEST = 1000  # characters
XPATH, JSON = "xpath:", "json:"
# Inside brackets, parentheses and quotes an @ is never followed by nothing but a name; `.md\@wide` is a class.
ATTRIBUTE = re.compile(r"(?<!\\)@([A-Za-z_][\w.:-]*)$")


def parse_selector(value: object) -> Selector:
    """Read a selector and check that it compiles; raises Invalid."""
    text = require_text(value, EXPECTED).strip()
    if not text or len(text) > LONGEST:
        raise Invalid(f"Expected {EXPECTED}, of at most {LONGEST} characters, found {describe(text)}.")
    selector = split_selector(text)
    try:
        if selector.is_json:
            _check_json(selector.expression)
        else:
            compile_selector(selector)(lxml.html.Element("html"))
    except (cssselect.SelectorError, lxml.etree.XPathError, ValueError, RecursionError) as error:
        raise Invalid(f"Expected {EXPECTED}, found {describe(text)}: {reason(error)}.", _hint(text)) from error
    return selector


def _check_json(path: str) -> None:
    """Raises ValueError for what is no JSONPath (RFC 9535)."""
    import jsonpath

    if not path.startswith("$"):
        raise ValueError("a path begins with $, which is the whole document or the item itself")
    try:
        jsonpath.compile(path)
    except jsonpath.JSONPathError as error:
        raise ValueError(str(error).partition("\n")[0]) from error


def parse_items(value: object) -> Selector:
    """Read the selector of a list's items, which must select elements; raises Invalid."""
    selector = parse_selector(value)
    if selector.is_json:
        return selector
    result = compile_selector(selector)(lxml.html.Element("html"))
    if selector.attribute or not isinstance(result, list):
        raise Invalid(f"Expected a selector of elements, found {describe(str(selector))}.", "Select the whole card.")
    return selector


def split_selector(text: str) -> Selector:
    """Take a selector apart without checking it."""
    if text.startswith(XPATH):
        return Selector(text.removeprefix(XPATH).strip(), is_xpath=True)
    if text.startswith(JSON):
        return Selector(text.removeprefix(JSON).strip(), is_json=True)
    match = ATTRIBUTE.search(text)
    if match is None:
        return Selector(text)
    return Selector(text[: match.start()].strip(), attribute=match[1])


@lru_cache(maxsize=4096)
def compile_selector(selector: Selector) -> lxml.etree.XPath:
    """What finds the elements of a selector below (and including) the element it is called with.

    The attribute is left to the caller. An XPath may as well return strings, a number or a truth value; a JSONPath
    finds nothing in a page. Raises cssselect.SelectorError or lxml.etree.XPathError for a selector that
    ``parse_selector`` refuses.
    """
    if selector.is_json:
        return lxml.etree.XPath("self::*[false()]")
    if selector.is_xpath:
        return lxml.etree.XPath(selector.expression)
    if not selector.expression:
        return lxml.etree.XPath(".")
    return lxml.etree.XPath(cssselect.HTMLTranslator().css_to_xpath(selector.expression))


def _hint(text: str) -> str | None:
    """What helps with the forms that other tools have and this one has not."""
    pseudo = re.fullmatch(r"(.*)::attr\(([\w-]+)\)", text)
    if pseudo:
        return f"Write {pseudo[1]}@{pseudo[2]}."
    if text.endswith("::text"):
        return f"Write {text.removesuffix('::text')}; its text is what is read."
    if text.startswith(("/", "./", "(/", "(./")):
        return f"Write {XPATH}{text}."
    if text.startswith("$"):
        return f"Write {JSON}{text}."
    if text.startswith(">"):
        return f"Write :scope {text}."
    if "@" in text and "," in text:
        return "Write alternatives as a list: [img@data-src, img@src]."
    return None
