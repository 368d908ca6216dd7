"""Addresses: absolute and encoded once, without what only tracks, and which of them belong together.

Addresses are read as browsers read them (WHATWG URL Standard) and written as RFC 3986 wants them, in ASCII.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

MAX_LENGTH = 8000  # octets that every server should take (RFC 9110, section 4.1)

_PLAIN = r"(?:[\w!$&'()*+,=:@~/?.#-]++|%[0-9A-Fa-f]{2})*+"
_READY = re.compile(rf"https?://[a-z0-9.-]+(?:[/?]{_PLAIN})?", re.ASCII)
_ROOTED = re.compile(rf"/(?!/){_PLAIN}", re.ASCII)
_BESIDE = re.compile(
    r"(?!www\.)[\w-](?:[\w!$'()*+,=@~/. -]++|%[0-9A-Fa-f]{2})*+(?:\?(?:[\w$=./-]|&(?!amp;))++)?", re.ASCII
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SLASHES = re.compile(r"(https?):[/\\]*(?=[^/\\])", re.IGNORECASE)
_TWICE = re.compile(r"https?:/*(?=https?:)", re.IGNORECASE)
_HOST_ALONE = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[/?#:]|$)", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\$\{|<%|\[object ", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ENCODED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_UNREADABLE = re.compile(r"[\s\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SAFE = "!$&'()*+,;=:@~/?%-._[]|"  # [, ] and | stay as browsers leave them (URL Standard, section 1.3)

# Parameters that tell a site where a visitor comes from and never which page is meant.
_TRACKING = re.compile(
    r"(?:amp;)*(?:(?:utm|at|mtm|matomo|hsa|vero|oly|guce|fb_action)_\w+|utm"
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cid)|ns_(?:source|mchannel|campaign|linkname|fee)|fb_(?:source|ref)"
    r"|fbclid|g(?:clid|clsrc|braid|bclid)|wbraid|dclid|msclkid|ysclid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|epik"
    r"|mc_[ce]id|mkt_tok|_hsenc|_hsmi|_openstat|_ga|_gl|__twitter_impression|xtor|xtref|wt[_.]?[a-z]*mc(?:[_.]id)?"
    r"|wtrid|s_cid|cmpid|ncid|icid|smid|smtyp|ref_(?:src|url)|spm|rb_clickid|trk(?:campaign)?|hootpostid|guccounter"
    r"|ml_subscriber(?:_hash)?|phpsessid|jsessionid)",
    re.IGNORECASE,
)
_AMP_CACHE = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/\w/(?:s/)?|(?:www\.)?google\.[a-z.]+/amp/(?:s/)?)(.+)"
)
_AMP_QUERY = re.compile(r"amp(?:=\w*)?|output(?:type)?=amp", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp(\.html?)?)$", re.IGNORECASE)
# A segment with four digits in it, four words, or much of another script.
_PAGE_NAME = re.compile(r"\d{4}|[^/]+[-_][^/]+[-_][^/]+[-_][^/]|(?:%[0-9A-F]{2}){8}", re.IGNORECASE)
_DAY = r"(0[1-9]|[12]\d|3[01])"
_DATE_IN_PATH = re.compile(rf"((?:19|20)\d\d)(?<!\d{{5}})([/_-]?)(0[1-9]|1[0-2])\2{_DAY}(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(rf"/((?:19|20)\d\d)/({'|'.join(_MONTHS)})[a-z]*/{_DAY}(?!\d)", re.IGNORECASE)


def absolute(url: str, base: str) -> str | None:
    """The absolute http or https address that ``url`` means on the page ``base``; None for anything else.

    Never raises and never encodes twice. Fragments stay, except that a fragment alone is no address.
    """
    if len(url) > MAX_LENGTH:
        return None
    if url.startswith("//") and base.startswith(("http:", "https:")):
        url = f"{base.partition(':')[0]}:{url}"
    if _READY.fullmatch(url) and "/." not in url:
        return url
    if _ROOTED.fullmatch(url) and "/." not in url and (origin := _origin(base)):
        return origin + url
    if " " in url and url == url.strip():  # what most addresses that are not ready lack
        return absolute(url.replace(" ", "%20"), base)
    return beside(url, base) or _absolute(url, base)


def beside(url: str, base: str) -> str | None:
    """The absolute address of a plain path that starts where ``base`` stands; None for any other kind of address."""
    if _BESIDE.fullmatch(url) and "/." not in url and "//" not in url and (folder := _folder(base)):
        return folder + url
    return None


def _absolute(url: str, base: str) -> str | None:
    url = (
        re.sub(r"[\t\r\n]", "", url)
        .strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x1f\xa0 ")
        .replace("&amp;", "&")
    )
    if not url or url.startswith("#") or _TEMPLATE.search(url):
        return None
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return None
    url = _SLASHES.sub(r"\1://", _TWICE.sub("", url), count=1) if scheme else _slashed(url)
    try:
        parts = urlsplit(urljoin(base, url))
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    shown_port = f":{port}" if port and port != {"http": 80, "https": 443}[parts.scheme] else ""
    rest = map(_encoded, (_without_dots(parts.path), parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + shown_port, *rest))


def _without_dots(path: str) -> str:
    """A path without "." and ".." (RFC 3986, section 5.2.4), which ``urljoin`` leaves in absolute addresses."""
    return path if {".", ".."}.isdisjoint(path.split("/")) else urljoin("/", f".{path}")


def _slashed(url: str) -> str:
    """A reference without a scheme, with the slashes that browsers take backslashes for."""
    if _HOST_ALONE.match(url):
        return f"https://{url}"
    path, mark, rest = url.partition("?")
    return path.replace("\\", "/") + mark + rest


def _encoded(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_SAFE, errors="ignore")


@lru_cache(4096)
def _ascii_host(host: str) -> str | None:
    """A host name in lower case and in ASCII (IDNA 2008); None if it cannot be one."""
    if ":" in host:
        return f"[{host}]"  # urlsplit has checked that it is an IPv6 address
    if not _HOST.fullmatch(host):
        return None
    if host.isascii():
        return host.lower().rstrip(".")
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None


@lru_cache(256)
def _origin(base: str) -> str | None:
    found = re.match(r"https?://[a-z0-9.-]+(?::\d+)?(?=[/?#]|$)", base, re.ASCII)
    return found[0] if found else None


@lru_cache(256)
def _folder(base: str) -> str | None:
    """What stands before the last slash of an address's path, with it; None for one that has to be encoded first."""
    path = base.partition("#")[0].partition("?")[0]
    path = path if path.count("/") > 2 else path + "/"  # https://news.example
    folder = path[: path.rfind("/") + 1]
    is_plain = _READY.fullmatch(folder) and "/." not in folder and folder.count("//") == 1 and folder.count("/") > 2
    return folder if is_plain else None


def readable(url: str) -> str:
    """The address as a person reads it: letters beyond ASCII as themselves (RFC 3987, section 3.2).

    ``absolute`` gives the encoded address back. Spaces and marks that turn the writing's direction stay encoded.
    """
    return _ENCODED_LETTERS.sub(_decoded, url)


def _decoded(found: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return _UNREADABLE.sub(lambda unreadable: quote(unreadable[0]), text)


def clean(url: str) -> str:
    """The address without parameters that only track a visitor, and without a fragment unless that is a route."""
    if "?" not in url and "#" not in url:
        return url
    head, _, fragment = url.partition("#")
    path, _, query = head.partition("?")
    kept = "&".join(pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0]))
    return path + (f"?{kept}" if kept else "") + (f"#{fragment}" if fragment.startswith(("!", "/")) else "")


@lru_cache(4096)
def host_of(url: str) -> str:
    """The host name of an address, in lower case; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path of an address, as it is encoded; empty if there is none."""
    path = url.partition("#")[0].partition("?")[0]
    _, is_absolute, rest = path.partition("://")
    _, slash, below = rest.partition("/")
    return slash + below if is_absolute else path


@cache
def _suffixes() -> PublicSuffixList:
    """The list of public suffixes; encoding only the few rules that are in other scripts saves a third of its time."""
    from publicsuffixlist import PSLFILE, PublicSuffixList, encode_idn

    rules = (line for line in Path(PSLFILE).read_text("utf-8").splitlines() if line and not line.startswith("//"))
    return PublicSuffixList(
        [rule if rule.isascii() else encode_idn(rule.strip()) for rule in rules], accept_encoded_idn=False
    )


@lru_cache(4096)
def registrable_domain(host: str) -> str:
    """The part of a host name that its owner registered (publicsuffix.org); the host itself if there is none."""
    if host[-1:].isdigit() or ":" in host:  # an IP address
        return host
    return _suffixes().privatesuffix(host) or host


def same_site(a: str, b: str) -> bool:
    """Whether two absolute addresses belong to one registered domain."""
    first, second = host_of(a), host_of(b)
    if not first or first.split(".")[-2:] != second.split(".")[-2:]:  # a registered domain has two labels at least
        return False
    return first == second or registrable_domain(first) == registrable_domain(second)


def canonical(declared: str, page_url: str) -> str | None:
    """The address that a page declares for itself, clean and never an AMP address; None if it cannot be believed.

    Not believed are other sites, the home page, and the section of an article: the work of broken templates. A page
    in an AMP cache may name its publisher.
    """
    address, page_url = absolute(declared, page_url), original_of_amp(page_url)
    if address is None or not same_site(address, page_url):
        return None
    address = original_of_amp(clean(address))
    own, page = urlsplit(address), urlsplit(page_url)
    if not _names_a_page(own.path, own.query) and not _may_be_same_section(own, page):
        return None
    if own.scheme == "http" and page.scheme == "https" and own.netloc == page.netloc:
        return f"https{address[4:]}"
    return address


def _names_a_page(path: str, query: str) -> bool:
    """Whether an address names one page rather than a section: by a number, a long slug, or an id in its query."""
    return bool(_PAGE_NAME.search(path) or re.search(r"(?:^|&)\w*id=\w+|(?:^|&)p=\d+", query))


def _may_be_same_section(own: SplitResult, page: SplitResult) -> bool:
    """Whether an address that names no page may still be that of ``page``: it is no article and lies no deeper."""
    if _names_a_page(page.path, page.query):
        return False
    depth, page_depth = (len([part for part in path.split("/") if part]) for path in (own.path, page.path))
    return depth >= page_depth


def original_of_amp(url: str) -> str:
    """The article's own address for an AMP page, in a cache or on the site; any other address as it is."""
    url = uncached(url)
    path, mark, query = url.partition("?")
    if mark:
        query = "&".join(pair for pair in query.split("&") if not _AMP_QUERY.fullmatch(pair))
    path = _AMP_PATH.sub(lambda found: found[1] or "", path)
    return path + (f"?{query}" if query else "")


def uncached(url: str) -> str:
    """The address on its publisher's site of a page in an AMP cache; any other address as it is."""
    found = _AMP_CACHE.match(url)
    return f"https://{found[1]}" if found else url


def date_in_path(url: str) -> str | None:
    """The date that stands in an address's path, as YYYY-MM-DD; None if there is none or only a month."""
    if "20" not in url and "19" not in url:  # as in most addresses
        return None
    path = url.partition("?")[0].partition("#")[0]
    if found := _DATE_IN_PATH.search(path):
        year, month, day = found[1], int(found[3]), found[4]
    elif found := _NAMED_MONTH.search(path):
        year, month, day = found[1], _MONTHS.index(found[2].lower()) + 1, found[3]
    else:
        return None
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
