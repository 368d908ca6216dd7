"""What the W3C feed validator complains about at any level, as far as feeds of this project could give it cause.

The validator is on no package index. Its messages keep their names here (SelfDoesntMatchLocation, NotHtml), so that a
fault can be looked up at https://validator.w3.org/feed/docs/. Not asked for: that no two entries share a
second (DuplicateUpdated), since no time is changed to please a validator, and that languages have a code of ISO 639-2
(InvalidLanguage), since some have none: tags are those of BCP 47.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint

from lxml import etree
from lxml.etree import _Element as Element

from tests.write.address_rules import enclosure_faults, id_faults, media_type_faults, uri_faults
from tests.write.html_rules import html_faults

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DC, "fh": HISTORY, "media": MEDIA, None: ATOM}

_RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_BAD_CHARACTERS = re.compile("[\x80-\x9f\ufffd]")
_MISREAD = re.compile("[\xc2\xc3][\x80-\xbf]")
_HTML_END = re.compile(r"</(\w+)>")
_HTML_ENTITY = re.compile(r"&(#?\w+)")


def rss_faults(rss: bytes, *, location: str | None, now: datetime) -> list[str]:
    """What is wrong with an RSS 2.0 feed that is published at ``location`` and looked at ``now``."""
    root = _parsed(rss)
    lines = rss.decode().split("\n")
    channel = root[0]
    faults = [*_common(root)]
    faults += _once(channel, ("title", "link", "description"), at_least=True)
    faults += _once(
        channel, ("image", "language", "lastBuildDate", "ttl", "generator", "docs", "pubDate"), at_least=False
    )
    faults += _self_link(channel.findall(f"{ATOM}link"), location)
    names = [child.tag for child in channel]
    if "item" in names and any(name != "item" for name in names[names.index("item") :]):
        faults.append("MisplacedItem")
    faults += _plain_texts(channel, ("title", "description"), lines)
    faults += _texts(channel, "ttl", lambda value: [] if value.isdigit() and int(value) else ["InvalidPositiveInteger"])
    for date in channel.iter("pubDate", "lastBuildDate"):
        faults += _date(date, _RFC822, now)
    guids = Counter(guid.text for guid in channel.iter("guid"))
    faults += [f"DuplicateValue: {guid}" for guid, count in guids.items() if count > 1]
    for image in channel.findall("image"):
        faults += _image(image, channel, lines)
    for item in channel.iter("item"):
        faults += _item(item, lines)
    return faults


def _image(image: Element, channel: Element, lines: list[str]) -> Iterator[str]:
    yield from _once(image, ("url", "title", "link"), at_least=True)
    yield from _texts(image, "url", uri_faults)
    yield from _plain_texts(image, ("title",), lines)
    ending = (image.findtext("url") or "").rpartition(".")[2].lower()
    if re.fullmatch(r"\w+", ending) and ending not in ("jpg", "jpeg", "gif", "png"):
        yield f"ImageUrlFormat: {ending}"
    for name, message in (("link", "ImageLinkDoesntMatch"), ("title", "ImageTitleDoesntMatch")):
        if image.findtext(name) != channel.findtext(name):
            yield f"{message}: {image.findtext(name)}"
    for name, most in (("width", 144), ("height", 400)):
        value = image.findtext(name) or "88"
        if not value.isdigit() or not 0 < int(value) <= most:
            yield f"Invalid{name.title()}: {value}"


def _item(item: Element, lines: list[str]) -> Iterator[str]:
    names = [str(child.tag) for child in item]
    if "title" not in names and "description" not in names:
        yield "ItemMustContainTitleOrDescription"
    yield from _once(item, ("guid", "link"), at_least=True)
    once = ("title", "description", f"{CONTENT}encoded", "pubDate", "enclosure", f"{DC}language", f"{DC}publisher")
    yield from _once(item, once, at_least=False)
    if f"{CONTENT}encoded" in names and "description" not in names[: names.index(f"{CONTENT}encoded")]:
        yield "NeedDescriptionBeforeContent"
    for core, extension in (("pubDate", f"{DC}date"), ("author", f"{DC}creator"), ("category", f"{DC}subject")):
        if core in names and extension in names:
            yield f"DuplicateItemSemantics: {core}"
    yield from _plain_texts(item, ("title", "category"), lines)
    yield from _texts(item, "link", uri_faults)
    yield from _texts(item, "guid", lambda value: [] if value else ["NotBlank: guid"])
    for guid in item.findall("guid"):
        if guid.get("isPermaLink") == "true" and not (guid.text or "").startswith(("http://", "https://")):
            yield f"InvalidPermalink: {guid.text}"
    for tag in ("description", f"{CONTENT}encoded"):
        yield from _texts(item, tag, html_faults)
    for enclosure in item.findall("enclosure"):
        yield from enclosure_faults(enclosure.get("url"), enclosure.get("length"), enclosure.get("type"))


def atom_faults(atom: bytes, *, location: str | None, now: datetime) -> list[str]:
    """What is wrong with an Atom feed besides its schema."""
    root = _parsed(atom)
    lines = atom.decode().split("\n")
    faults = [*_common(root)]
    faults += _self_link(root.findall(f"{ATOM}link"), location)
    links = Counter((link.get("rel"), link.get("type")) for link in root.findall(f"{ATOM}link"))
    faults += [f"DuplicateAtomLink: {link}" for link, count in links.items() if count > 1]
    ids = Counter(entry_id.text for entry_id in root.iter(f"{ATOM}id"))
    faults += [f"DuplicateEntries: {entry_id}" for entry_id, count in ids.items() if count > 1]
    for entry_id in root.iter(f"{ATOM}id"):
        faults += id_faults(entry_id.text or "")
    for date in root.iter(f"{ATOM}updated", f"{ATOM}published"):
        faults += _date(date, _RFC3339, now)
    for tag in ("title", "subtitle", "summary", "content"):
        for element in root.iter(f"{ATOM}{tag}"):
            faults += _text_construct(element)
    has_author = root.find(f"{ATOM}author") is not None
    entries = root.findall(f"{ATOM}entry")
    if not has_author and (not entries or any(entry.find(f"{ATOM}author") is None for entry in entries)):
        faults.append("MissingElement: author")
    for entry in entries:
        faults += _entry(entry, lines)
    return faults


def _entry(entry: Element, lines: list[str]) -> Iterator[str]:
    if entry.find(f"{ATOM}summary") is None and entry.find(f"{ATOM}content") is None:
        yield "MissingTextualContent"
    alternates = [link.get("type") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    if len(alternates) != 1:
        yield f"MissingContentOrAlternate: {len(alternates)} alternate links"
    for author in entry.findall(f"{ATOM}author"):
        yield from _plain_texts(author, (f"{ATOM}name",), lines)
    for link in entry.findall(f"{ATOM}link"):
        yield from uri_faults(link.get("href") or "")
        if link.get("rel") == "enclosure":
            yield from enclosure_faults(link.get("href"), link.get("length", "0"), link.get("type"))


def _text_construct(element: Element) -> list[str]:
    value = element.text or ""
    if not value.strip():
        return [f"NotBlank: {element.tag}"]
    if element.get("type") == "html":
        return html_faults(value)
    if _looks_like_html(value):
        return [f"ContainsUndeclaredHTML: {value[:60]}"]
    return []


def _looks_like_html(value: str) -> bool:
    names = _HTML_ENTITY.findall(value)
    is_entity = any(name in name2codepoint or name == "apos" or not name.isalpha() for name in names)
    return is_entity or bool(_HTML_END.search(value))


def opml_faults(opml: bytes) -> list[str]:
    """What is wrong with an OPML 2.0 list of feeds."""
    root = _parsed(opml)
    faults = [] if root.tag == "opml" and root.get("version") == "2.0" else ["InvalidOPMLVersion"]
    faults += [f"MissingElement: {name}" for name in ("head", "body") if root.find(name) is None]
    for outline in root.iter("outline"):
        if not outline.get("text"):
            faults.append("MissingAttribute: text")
        if outline.get("type") == "rss":
            faults += [f"MissingAttribute: {name}" for name in ("xmlUrl", "title") if not outline.get(name)]
            faults += uri_faults(outline.get("htmlUrl") or "")
        elif outline.get("xmlUrl"):
            faults.append("MissingOutlineType")
    return faults


def _parsed(xml: bytes) -> Element:
    return etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False))


def _common(root: Element) -> Iterator[str]:
    """Namespaces, characters, languages and Media RSS: the same for RSS and Atom."""
    for element in root.iter(etree.Element):
        for prefix, namespace in element.nsmap.items():
            if PREFIXES.get(prefix) != f"{{{namespace}}}":
                yield f"UnknownNamespace: {prefix}={namespace}"
        values = [element.text or "", *map(str, element.attrib.values())]
        if any(_BAD_CHARACTERS.search(value) or _is_misread(value) for value in values):
            yield f"BadCharacters: {element.tag}"
        language = element.get(f"{XML}lang") or (element.text if element.tag in ("language", f"{DC}language") else None)
        if language is not None and not _LANGUAGE.fullmatch(language):
            yield f"InvalidLanguage: {language}"
        if str(element.tag).startswith(MEDIA):
            yield from _media(element)


def _is_misread(value: str) -> bool:
    """Whether a line is UTF-8 that was read as Latin-1."""
    for line in value.split("\n"):
        if _MISREAD.search(line):
            with suppress(UnicodeError):
                return bool(line.encode("latin-1").decode())
    return False


def _media(element: Element) -> Iterator[str]:
    if element.tag == f"{MEDIA}group" and len(element.findall(f"{MEDIA}content")) < 2:
        yield "MediaGroupWithoutAlternatives"
    for name in ("width", "height", "fileSize"):
        value = element.get(name)
        if value is not None and not (value.isdigit() and int(value)):
            yield f"InvalidPositiveInteger: {name}={value}"
    if element.tag in (f"{MEDIA}content", f"{MEDIA}thumbnail"):
        yield from uri_faults(element.get("url") or "")
    if element.get("medium", "image") not in ("image", "audio", "video", "document", "executable"):
        yield f"InvalidMediaMedium: {element.get('medium')}"
    if element.tag == f"{MEDIA}content":
        yield from media_type_faults(element.get("type"))
    if element.tag == f"{MEDIA}description":
        if element.get("type") not in ("plain", "html"):
            yield "InvalidMediaTextType"
        elif element.get("type") == "plain" and _looks_like_html(element.text or ""):
            yield f"ContainsUndeclaredHTML: {element.text}"


def _once(parent: Element, tags: tuple[str, ...], *, at_least: bool) -> Iterator[str]:
    for tag in tags:
        found = parent.findall(tag)
        if len(found) > 1:
            yield f"DuplicateElement: {tag}"
        if at_least and (len(found) < 1 or not (found[0].text or "").strip()):
            yield f"MissingElement: {tag}"


def _plain_texts(parent: Element, tags: tuple[str, ...], lines: list[str]) -> Iterator[str]:
    """Texts without markup; entities in them are accepted where the line shows that they were written on purpose."""
    for element in (child for tag in tags for child in parent.findall(tag)):
        value = element.text or ""
        assert isinstance(element.sourceline, int)
        if not value:
            yield f"NotBlank: {element.tag}"
        if _HTML_END.search(value):
            yield f"ContainsHTML: {value[:60]}"
        elif re.search(r"&#?\w+|<[/a-zA-Z]", value) and "&#x" not in lines[element.sourceline - 1]:
            yield f"CharacterData: {value[:60]}"


def _texts(parent: Element, tag: str, rule) -> Iterator[str]:  # type: ignore[no-untyped-def]
    for element in parent.findall(tag):
        yield from rule(element.text or "")


def _self_link(links: list[Element], location: str | None) -> list[str]:
    own = [link.get("href") for link in links if link.get("rel") == "self"]
    if location is None:
        return [f"SelfDoesntMatchLocation: {own}"] if own else []
    return [] if own == [location] else [f"MissingSelf or SelfDoesntMatchLocation: {own}, not {location}"]


def _date(element: Element, form: re.Pattern[str], now: datetime) -> list[str]:
    value = element.text or ""
    if not form.fullmatch(value):
        return [f"InvalidDate: {element.tag} {value}"]
    moment = datetime.fromisoformat(value) if form is _RFC3339 else parsedate_to_datetime(value)
    if form is _RFC822 and f"{moment:%a}" != value[:3]:
        return [f"IncorrectDOW: {value}"]
    is_plausible = datetime(1990, 1, 1, tzinfo=UTC) <= moment <= now + timedelta(minutes=10)
    return [] if is_plausible else [f"ImplausibleDate: {value}"]
