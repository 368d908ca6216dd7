"""Checks that need more than one setting. They look at the document itself, so that no other fault hides them."""

from __future__ import annotations

from collections.abc import Iterator

from feedmaker.errors import SettingsFault
from feedmaker.model import STATUS_FEED
from feedmaker.settings.document import Document, KeyPath
from feedmaker.settings.invalid import NO_SOURCE, describe, did_you_mean
from feedmaker.settings.selectors import JSON

# The options that decide which entries a feed has and what they say, so that another of them makes another feed.
SHAPING = (
    *("site", "browser", "kind", "pages", "items", "fields", "link_pattern", "follow", "timezone"),
    *("include", "exclude", "max_age", "unique_by", "limit"),
    *("headers", "cookies", "auth", "login", "method", "body"),
)
FINDING = ("items", "fields", "link_pattern")  # what a person's own function does not heed
WAYS = ("webhook", "email", "command")  # to tell of alerts
WITHOUT_JSON = ("page", "feed", "sitemap")

Mapping = dict[str, object]


def cross_checks(document: Document, root: Mapping) -> Iterator[SettingsFault]:
    """What contradicts itself, no source, and the same source twice."""
    yield from _options(document, ("defaults",), root.get("defaults"))
    if root.get("hub") is not None and root.get("base_url") is None:
        hint = "Write the address under which readers find the output folder."
        yield document.fault(("hub",), "A hub needs base_url: it must know where the feeds are.", hint)
    alerts = root.get("alerts")
    if isinstance(alerts, dict) and not any(alerts.get(way) is not None for way in WAYS):
        yield document.fault(("alerts",), "Nobody is told.", f"Write one of {', '.join(WAYS)} below it.")
    sources = root.get("sources")
    if not isinstance(sources, dict):
        return
    yield from _own_name(document, root)
    if not sources:
        yield document.fault(("sources",), NO_SOURCE, "Write `name: https://address/` below it.")
    for name, source in sources.items():
        yield from _options(document, ("sources", name), source)
        yield from _source(document, ("sources", name), source)
    yield from _repeated(document, sources)
    merges = root.get("merge")
    for name, merge in merges.items() if isinstance(merges, dict) else ():
        yield from _merged(document, name, merge, sources)


def _own_name(document: Document, root: Mapping) -> Iterator[SettingsFault]:
    """A source or merged feed that has the name of the status feed."""
    for place in ("sources", "merge") if root.get("status_feed") is True else ():
        named = root.get(place)
        if isinstance(named, dict) and STATUS_FEED in named:
            message = f"{STATUS_FEED} is the name of the feed that status_feed makes."
            yield document.fault((place, STATUS_FEED), message, "Choose another name.")


def _options(document: Document, keys: KeyPath, options: object) -> Iterator[SettingsFault]:
    if not isinstance(options, dict):
        return
    if options.get("every") is not None and options.get("cron") is not None:
        yield document.fault((*keys, "cron"), "Both every and cron are given.", "Remove one of them.")
    fields = options.get("fields")
    for name, rule in fields.items() if isinstance(fields, dict) else ():
        if isinstance(rule, dict):
            yield from _rule(document, (*keys, "fields", name), rule)
    for name in ("include", "exclude"):
        wanted = options.get(name)
        for field, each in wanted.items() if isinstance(wanted, dict) else ():
            if isinstance(each, dict):
                yield from _filter(document, (*keys, name, field), each)
    if options.get("kind") in WITHOUT_JSON:
        yield from _paths_into_json(document, keys, options)


def _source(document: Document, keys: KeyPath, source: object) -> Iterator[SettingsFault]:
    if not isinstance(source, dict):
        return
    for name in FINDING if source.get("site") is not None else ():
        if source.get(name) is not None:
            yield document.fault((*keys, name), "The function of `site` finds the entries.", "Remove one of them.")
    if source.get("body") is not None and source.get("method") != "POST":
        yield document.fault((*keys, "body"), "Only POST has a body.", "Add `method: POST`.")
    headers = source.get("headers")
    names = [name for name in headers if name.lower() == "authorization"] if isinstance(headers, dict) else []
    if names and source.get("auth") is not None:
        message = "Both auth and a header of that name are given."
        yield document.fault((*keys, "headers", names[0]), message, "Remove one of them.")


def _paths_into_json(document: Document, keys: KeyPath, options: Mapping) -> Iterator[SettingsFault]:
    fields = options.get("fields")
    rules: list[tuple[KeyPath, object]] = [(("items",), options.get("items"))]
    if isinstance(fields, dict):
        rules += [(("fields", name), rule) for name, rule in fields.items()]
    for place, rule in rules:
        select = rule.get("select") if isinstance(rule, dict) else rule
        selectors = select if isinstance(select, list) else [select]
        if any(isinstance(selector, str) and selector.startswith(JSON) for selector in selectors):
            hint = "Write `kind: json`, or remove `kind`."
            yield document.fault((*keys, *place), f"A {options['kind']} has nothing that {JSON} could select.", hint)


def _filter(document: Document, keys: KeyPath, wanted: Mapping) -> Iterator[SettingsFault]:
    given = {key for key, value in wanted.items() if value is not None}
    if given >= {"words", "regex"}:
        yield document.fault((*keys, "regex"), "Both words and regex are given.", "Remove one of them.")
    elif not given:
        yield document.fault(keys, "The filter says nothing.", "Add `words` or `regex`.")


def _rule(document: Document, keys: KeyPath, rule: Mapping) -> Iterator[SettingsFault]:
    given = {key for key, value in rule.items() if value is not None}
    others = given & {"select", "regex", "template"}
    if "constant" in given and others:
        hint = "Remove it, or the others."
        yield document.fault((*keys, "constant"), f"A constant cannot go with {' and '.join(sorted(others))}.", hint)
    elif "regex" in given and "select" not in given:
        yield document.fault((*keys, "regex"), "There is nothing that it could be applied to.", "Add `select`.")
    elif not given:
        yield document.fault(keys, "The rule says nothing.", "Add `select`, `constant` or `template`.")


def _merged(document: Document, name: str, merge: object, sources: Mapping) -> Iterator[SettingsFault]:
    """A merged feed whose files would be those of a source, and sources of it that there are not, or twice."""
    if name in sources:
        line = document.locate(("sources", name))[1]
        yield document.fault(("merge", name), f"A source has this name, too, on line {line}.", "Choose another name.")
    listed = merge.get("sources") if isinstance(merge, dict) else merge
    names: list[object] = listed if isinstance(listed, list) else []
    keys: KeyPath = ("merge", name, "sources") if isinstance(merge, dict) else ("merge", name)
    for number, each in enumerate(names):
        if isinstance(each, str) and each not in sources:
            hint = did_you_mean(each, sources)
            yield document.fault((*keys, number), f"No source is named {describe(each)}.", hint)
        elif isinstance(each, str) and each in names[:number]:
            yield document.fault((*keys, number), f"The source {describe(each)} is named twice.", "Keep one of them.")


def _repeated(document: Document, sources: Mapping) -> Iterator[SettingsFault]:
    """Sources that would make the same feed as one before them."""
    first: dict[str, str] = {}
    for name, source in sources.items():
        key = _feed_key(source)
        if key and key in first:
            line = document.locate(("sources", first[key]))[1]
            message = f"Makes the same feed as the source {describe(first[key])} on line {line}."
            yield document.fault(("sources", name), message, "Remove one of them, or give one other rules.")
        elif key:
            first[key] = name


def _feed_key(source: object) -> str | None:
    """What decides the entries of a source's feed; None for a source that has no address."""
    source = source if isinstance(source, dict) else {"url": source}
    url = source.get("url")
    if not isinstance(url, str):
        return None
    return repr([url.partition("#")[0].rstrip("/"), *(source.get(name) for name in SHAPING)])
