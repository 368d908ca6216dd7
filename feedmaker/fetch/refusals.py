"""What stands in the way of a page, recognised by the marks that gatekeepers put on their own pages, not by site.

The marks for an answer that says 200 are those of a challenge itself: the scripts by which these services watch normal
pages (``challenge-platform``, ``_Incapsula_Resource``, ``js.datadome.co``) are no sign of one.
"""

from __future__ import annotations

import re
from html import unescape
from http import HTTPStatus
from urllib.parse import urlsplit

from feedmaker.errors import Blocked, HttpStatusError, LoginRequired
from feedmaker.fetch.addresses import Address, shown
from feedmaker.fetch.transport import Answer

CHALLENGE_BYTES = 48 * 1024  # challenges are small pages
ERROR_PAGE_BYTES = 16 * 1024
SAID, SAID_BYTES = 120, 480  # characters that are kept of what a host says, and bytes that hold as many
_HEADERS = {  # header, what its value holds, who sends it
    "cf-mitigated": ("challenge", "Cloudflare"),
    "x-amzn-waf-action": ("", "AWS WAF"),
    "x-vercel-mitigated": ("", "Vercel"),
    "x-datadome": ("protected", "DataDome"),
    "x-sucuri-block": ("", "Sucuri"),
}
_BODY = {
    b"_cf_chl_opt": "Cloudflare",
    b"captcha-delivery.com": "DataDome",
    b"px-captcha": "HUMAN (PerimeterX)",
    b"Incapsula incident ID": "Imperva",
    b"Pardon Our Interruption": "Imperva",
    b"awsWafCookieDomainList": "AWS WAF",
    b"anubis_challenge": "Anubis",
    b"/.well-known/ddos-guard/": "DDoS-Guard",
    b"sucuri_cloudproxy_js": "Sucuri",
    b"/sec/verify.js": "Akamai",
    b"bm-verify=": "Akamai",
    b"/149e9513-01fa-4fb0-aad4-566afd725d1b/": "Kasada",  # its script's path is the same on every site
}
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_ADVICE = (
    "Feedmaker does not get around that; ask the site's owner to let it in (its User-Agent says how to reach you), or "
    "read another address of the site, such as a feed of its own"
)
_WALL = re.compile(r"(?:consent|cookie|privacy)[-_]?(?:wall|gate|management)?|cmp|collect-?consent", re.IGNORECASE)
_LOGIN = re.compile(r"log-?in|sign-?in|anmelden|connexion|register|subscribe|auth(?:orize|enticate)?", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>(.{0,120}?)</title>", re.IGNORECASE | re.DOTALL)
_STATUS_TITLE = re.compile(r"\W*(?:error\W+|http\W+)?([45]\d\d)\W+([a-z' -]+)\W*", re.IGNORECASE)


def check(asked: Address, answer: Answer) -> None:
    """Raise Blocked or HttpStatusError unless the answer, to which ``asked`` has led, can be the page."""
    if guard := _challenger(answer):
        raise _blocked(asked, answer, f"a challenge of {guard} stands before the page (status {answer.status})")
    check_status(asked, answer)
    if new := _new_words(asked, answer.address):
        there = f"{shown(answer.address.url)}, instead of the page"
        if any(_WALL.fullmatch(word) for word in new):
            raise _blocked(asked, answer, f"it leads to a consent wall, {there}")
        if any(_LOGIN.fullmatch(word) for word in new):
            raise _blocked(asked, answer, f"it leads to a login page, {there}", LoginRequired)
    if status := soft_error(answer):
        raise _error(asked, status, f"answers with status 200 and an error page, {status} {_phrase(status)}", answer)


def check_status(asked: Address, answer: Answer) -> None:
    """Raise HttpStatusError for an answer that is neither good nor 304."""
    status = answer.status
    if status >= HTTPStatus.MULTIPLE_CHOICES and status != HTTPStatus.NOT_MODIFIED:
        raise _error(asked, status, f"answers with status {status} ({_phrase(status)})", answer)


def _challenger(answer: Answer) -> str | None:
    """Who wants a program to prove that it is a person's browser."""
    if answer.status >= HTTPStatus.BAD_REQUEST or answer.status == HTTPStatus.ACCEPTED:
        for name, (value, guard) in _HEADERS.items():
            if name in answer.headers and value in answer.headers[name]:
                return guard
    if len(answer.body) > CHALLENGE_BYTES:
        return None
    return next((guard for mark, guard in _BODY.items() if mark in answer.body), None)


def _new_words(asked: Address, final: Address) -> set[str]:
    """The words of an address that redirects have led to, without those of the address that was asked for."""
    return set() if asked.url == final.url else set(_words(final)) - set(_words(asked))


def _words(address: Address) -> list[str]:
    """The first label of the host and the segments of the path."""
    return [address.host.partition(".")[0], *urlsplit(address.url).path.split("/")]


def soft_error(answer: Answer) -> int | None:
    """The status that a small page names in its title together with that status's own phrase, though it came as 200."""
    if answer.status != HTTPStatus.OK or len(answer.body) > ERROR_PAGE_BYTES:
        return None
    title = _TITLE.search(answer.body)
    found = title and _STATUS_TITLE.fullmatch(unescape(title[1].decode("utf-8", "replace")).strip())
    if not found or found[2].strip().lower() != _phrase(int(found[1])).lower():
        return None
    return int(found[1])


def _phrase(status: int) -> str:
    """The status's own name (RFC 9110, section 15)."""
    return _PHRASES.get(status, "a status without a name")


def _blocked(asked: Address, answer: Answer, what: str, kind: type[Blocked] = Blocked) -> Blocked:
    url = shown(asked.url)
    message = f"{url} is not given out: {what}. {_ADVICE}"
    return kind(message, address=url, status=answer.status, retry_after=answer.retry_after, said=_said(answer))


def _error(asked: Address, status: int, what: str, answer: Answer) -> HttpStatusError:
    url, retry_after = shown(asked.url), answer.retry_after
    wait = f" and asks to be left alone for {retry_after:.0f} s" if retry_after else ""
    message = f"{url} {what}{wait}; {_status_advice(status)}"
    return HttpStatusError(message, address=url, status=status, retry_after=retry_after, said=_said(answer))


def _said(answer: Answer) -> str | None:
    """What the host said in its own words: the page's title, or the beginning of what is plain text or JSON."""
    title = _TITLE.search(answer.body)
    is_page = b"<" in answer.body[:SAID_BYTES] and not answer.body.lstrip().startswith((b"{", b"["))
    words = title[1] if title else b"" if is_page else answer.body[:SAID_BYTES]
    text = " ".join(unescape(words.decode("utf-8", "replace")).split())
    return shown("".join(c for c in text if c.isprintable())[:SAID].strip()) or None


def _status_advice(status: int) -> str:
    match status:
        case 401 | 407:
            return "it needs a login"
        case 403 | 406 | 451:
            return f"the site refuses. {_ADVICE}"
        case 404:
            return "look the address up in a browser, pages move"
        case 410:
            return "the page is gone for good: remove the source or give it a new address"
        case 429:
            return "it is asked too often: give the source a longer `every` or `delay`"
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return "the site has a fault of its own; it is asked again at the next refresh"
    return "open the address in a browser to see what it says"
