"""What on a page is most like a selector that selects nothing, for the person who has to mend it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from lxml.html import HtmlElement

from feedmaker.model import Selector

_CSS_NAMES = re.compile(r"([.#])((?:[\w-]|\\.|[^\x00-\x7f])+)|(?:^|[\s>+~,(])([a-z][a-z0-9]*)", re.IGNORECASE)
_XPATH_NAMES = re.compile(r"['\"]([\w -]{3,})['\"]|/([a-z][a-z0-9]*)\b", re.IGNORECASE)
_ALIKE = 0.6
_VERY_ALIKE = 0.8
_SHOWN = 100  # characters of the names of attributes


def nearest_to(selector: Selector, root: HtmlElement, *, where: str = "on the page") -> str:
    """What to try instead, in words: names like those that do not stand there, and how often they do."""
    if selector.is_json:
        return f"a path into JSON finds nothing {where}, which is HTML; write CSS, or XPath behind xpath:"
    names = _names_on(root)
    asked = _asked(selector)
    missing = [name for name in asked if name not in names]
    for name in missing:
        similar = _similar(name, names)
        if similar:
            return f"nearest: {similar} ({_times(names[similar])} {where})"
    if missing:
        return f"nothing {where} is called {missing[0]}"
    if selector.attribute and (elements := _selected(selector, root)):
        return _attributes(selector, elements)
    if asked:
        parts = ", ".join(f"{name} ({_times(names[name])})" for name in asked)
        return f"its parts stand {where}, but not together: {parts}"
    count = sum(times for name, times in names.items() if name[0].isalpha())
    return f"there {'is' if count == 1 else 'are'} {_times(count, 'element')} {where}"


def _selected(selector: Selector, root: HtmlElement) -> list[HtmlElement]:
    from feedmaker.settings.selectors import compile_selector  # pydantic comes with it

    found = compile_selector(selector)(root)
    return [each for each in found if isinstance(each, HtmlElement)] if isinstance(found, list) else []


def _attributes(selector: Selector, elements: Sequence[HtmlElement]) -> str:
    """What the elements have whose attribute is not there, or empty."""
    what = selector.expression or "the item itself"
    names = Counter(name for element in elements for name, value in element.items() if value.strip())
    if not names:
        return f"{what} is there, without any attribute"
    similar = _alike(selector.attribute or "", list(names), _ALIKE)
    near = f"nearest: {selector.expression}@{similar}; it" if similar else what
    return f"{near} has the attributes {', '.join(names)[:_SHOWN]}"


def _names_on(root: HtmlElement) -> Counter[str]:
    names: Counter[str] = Counter()
    for element in root.iter("*"):
        names[element.tag] += 1
        names.update(f".{name}" for name in element.get("class", "").split())
        if identity := element.get("id"):
            names[f"#{identity}"] += 1
    return names


def _asked(selector: Selector) -> list[str]:
    if selector.is_xpath:
        found = _XPATH_NAMES.findall(selector.expression)
        return [f".{word}" for words, _ in found for word in words.split()] + [tag for _, tag in found if tag]
    return [mark + name if mark else tag.lower() for mark, name, tag in _CSS_NAMES.findall(selector.expression)]


def _similar(name: str, names: Counter[str]) -> str | None:
    """The name that is spelled most like one; of the same sort, or else of another: a tag taken for a class."""
    by_frequency = [each for each, _ in names.most_common()]
    same_sort = [each for each in by_frequency if each[0] == name[0] or (each[0] + name[0]).isalpha()]
    others = [each for each in by_frequency if each not in same_sort]
    return _alike(name, same_sort, _ALIKE) or _alike(name, others, _VERY_ALIKE)


def _alike(name: str, names: Sequence[str], cutoff: float) -> str | None:
    by_letters = {_letters(each): each for each in reversed(names)}
    if alike := by_letters.get(_letters(name)):
        return alike
    close = get_close_matches(_letters(name), by_letters, n=1, cutoff=cutoff)
    return by_letters[close[0]] if close else None


def _letters(name: str) -> str:
    return re.sub(r"[-_.#]", "", name.lower())


def _times(count: int, what: str = "time") -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
