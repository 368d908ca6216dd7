"""Logging in by a site's own form, and the cookies that say so, kept in memory for all sources that share a login."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import lxml.etree
import lxml.html
from requests.cookies import RequestsCookieJar

from feedmaker.errors import FetchError, HttpStatusError, LoginRequired
from feedmaker.fetch.addresses import joined, origin_of, shown
from feedmaker.model import Access, Login, Method, Page

Ask = Callable[[str, Access, RequestsCookieJar], Page]
"""Gets the page at an address with some access and the cookies of a session, to which it adds new ones."""

FORM_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(eq=False)
class Session:
    """The cookies of one login. Whoever holds the lock is logging in."""

    cookies: RequestsCookieJar = field(default_factory=RequestsCookieJar)
    lock: Lock = field(default_factory=Lock)
    is_open: bool = False

    def end(self) -> None:
        """Forget all of it: the site has."""
        with self.lock:
            self.cookies.clear()
            self.is_open = False


class Sessions:
    """The sessions of one process, one for each user of each login form."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sessions: dict[object, Session] = {}

    def of(self, login: Login) -> Session:
        with self._lock:
            return self._sessions.setdefault((login.url, frozenset(login.fields.items())), Session())


def log_in(session: Session, login: Login, access: Access, ask: Ask) -> None:
    """Fill in the login form and send it, unless that has been done. Raises FetchError if that does not help."""
    with session.lock:
        if session.is_open:
            return
        page = ask(login.url, access, session.cookies)
        form = _form(page, login)
        if form is None:
            raise _failed(login, f"has no form with the fields {', '.join(login.fields)}; check their names")
        action, filled = _filled(page, form, login, access)
        if not _lets_in(action, filled, session, login, ask):
            raise _failed(login, "shows its form again, so it does not know the user or the password")
        session.is_open = True


def _lets_in(action: str, filled: Access, session: Session, login: Login, ask: Ask) -> bool:
    """Send the form; whether what comes after it is anything else than the form again."""
    try:
        return _form(ask(action, filled, session.cookies), login) is None
    except LoginRequired:
        return False


def is_over(error: HttpStatusError) -> bool:
    """Whether an answer may mean that a session has ended."""
    return isinstance(error, LoginRequired) or error.status in {401, 403}


def _form(page: Page, login: Login) -> Any | None:
    """The form that has all fields of the login. The page's own tree is parsed for reading and knows no forms."""
    parser = lxml.html.HTMLParser(encoding="utf-8")  # libxml2 knows fewer encodings than pages have
    try:
        root: Any = lxml.html.document_fromstring(page.text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:  # there is nothing on the page
        return None
    return next((form for form in root.forms if set(login.fields) <= set(form.inputs.keys())), None)


def _filled(page: Page, form: Any, login: Login, access: Access) -> tuple[str, Access]:
    """Where the form goes and what is sent; the values that it came with, such as a token, go along.

    All is written in the page's own encoding (HTML, section 4.10.21.5). It is only sent by POST and to the origin of
    the form: a password belongs neither into an address nor elsewhere.
    """
    action = joined(page.url, form.action or "")
    if form.method.upper() != "POST" or not origin_of(action) == origin_of(page.url) == origin_of(login.url):
        raise _failed(login, f"sends its form to {shown(action)} by {form.method}, which is not safe for a password")
    values = dict(form.form_values()) | dict(login.fields)
    base = access if access.url and origin_of(access.url) == origin_of(action) else Access()
    headers = {**base.headers, **FORM_HEADERS}
    encoding = "utf-8" if page.encoding.startswith("utf") else page.encoding
    body = urlencode(values, encoding=encoding, errors="xmlcharrefreplace")
    return action, replace(base, url=action, headers=headers, method=Method.POST, body=body, login=None)


def _failed(login: Login, what: str) -> FetchError:
    url = shown(login.url)
    return FetchError(f"{url} {what}", address=url)
