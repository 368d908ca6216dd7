"""Logging in by a site's own form."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from feedmaker.errors import FetchError, HttpStatusError
from feedmaker.model import Access, Login
from tests.fetch.hostile import PAGE, Peer, Reader, Server, says

PASSWORD = "Geheimnis & mehr"
FORM = (
    b'<form action="/search"><input name=q></form>'
    b'<form action="enter" method="post"><input name=user><input name=pass type=password>'
    b'<input type=hidden name=token value="t1"><button>In</button></form>'
)


class Club:
    """A site that lets people in who send the right form, until it forgets them."""

    def __init__(self, server: Server, form: bytes = FORM) -> None:
        self.server = server
        self.known: set[str] = set()
        self.closed = says(b"", "302 Found", "Location: /account/login\r\n")
        for path in ("/account/login", "/account/login?again"):
            server.add(path, says(form, headers="Set-Cookie: pre=1; Path=/\r\n"))
        server.add("/account/enter", self.enter)
        server.add("/news", self.news)
        server.add("/welcome", says(b""))

    def enter(self, peer: Peer) -> None:
        sent = parse_qs(self.server.requests[-1].body.decode())
        if sent == {"user": ["me"], "pass": [PASSWORD], "token": ["t1"]}:
            self.known.add(f"s{len(self.known)}")
            peer.answer(
                b"", "303 See Other", f"Location: /welcome\r\nSet-Cookie: id=s{len(self.known) - 1}; Path=/\r\n"
            )
        else:
            peer.answer(b"", "303 See Other", "Location: /account/login?again\r\n")

    def news(self, peer: Peer) -> None:
        cookies = self.server.requests[-1].headers.get("cookie", "")
        if any(f"id={name}" in cookies for name in self.known):
            peer.answer()
        else:
            self.closed(peer)

    def access(self, **fields: str) -> Access:
        login = Login(f"{self.server.url}/account/login", {"user": "me", "pass": PASSWORD, **fields})
        return Access(url=f"{self.server.url}/news", login=login)


def test_a_page_is_read_after_one_login_for_all(server: Server, reader: Reader) -> None:
    club = Club(server)
    for _ in range(2):
        assert reader.page(f"{server.url}/news", access=club.access()).content == PAGE
    assert server.paths() == ["/account/login", "/account/enter", "/welcome", "/news", "/news"]
    assert server.requests[1].method == "POST"
    assert server.requests[1].headers["cookie"] == "pre=1"


@pytest.mark.parametrize("closed", [None, says(b"", "403 Forbidden"), says(b"", "401 Who are you")])
def test_a_session_that_is_over_is_opened_again_once(server: Server, reader: Reader, closed: object) -> None:
    club = Club(server)
    club.closed = closed or club.closed  # type: ignore[assignment]
    reader.page(f"{server.url}/news", access=club.access())
    club.known = {"x", "y"}
    assert reader.page(f"{server.url}/news", access=club.access()).content == PAGE
    assert server.paths().count("/account/enter") == 2


def test_another_fault_is_no_reason_to_log_in_again(server: Server, reader: Reader) -> None:
    club = Club(server)
    reader.page(f"{server.url}/news", access=club.access())
    with pytest.raises(HttpStatusError, match="404"):
        reader.fetch(f"{server.url}/gone", access=club.access())
    assert server.paths().count("/account/enter") == 1


def test_a_page_that_stays_closed_is_a_fault(server: Server, reader: Reader) -> None:
    club = Club(server)
    server.add("/news", says(b"", "403 Forbidden"))
    with pytest.raises(HttpStatusError, match="403"):
        reader.fetch(f"{server.url}/news", access=club.access())


def test_a_wrong_password_is_a_fault_that_does_not_show_it(server: Server, reader: Reader) -> None:
    club = Club(server)
    with pytest.raises(FetchError, match="does not know the user or the password") as caught:
        reader.fetch(f"{server.url}/news", access=club.access(**{"pass": "wrong-one"}))
    assert "wrong-one" not in str(caught.value)
    assert PASSWORD not in repr(club.access())


def test_a_form_is_read_and_filled_in_the_encoding_of_its_page(server: Server, reader: Reader) -> None:
    form = '<meta charset="koi8-r"><p>Добро пожаловать, дорогие читатели'.encode("koi8_r") + FORM
    Club(server, form)
    server.add("/account/enter", says())
    server.add("/news", says())
    login = Login(f"{server.url}/account/login", {"user": "иван", "pass": "пароль–1"})
    reader.page(f"{server.url}/news", access=Access(url=f"{server.url}/news", login=login))
    sent = parse_qs(server.requests[1].body.decode(), encoding="koi8_r")
    assert sent == {"user": ["иван"], "pass": ["пароль&#8211;1"], "token": ["t1"]}


def test_a_form_that_answers_with_itself_lets_nobody_in(server: Server, reader: Reader) -> None:
    club = Club(server)
    server.add("/account/enter", says(FORM))
    with pytest.raises(FetchError, match="does not know the user or the password"):
        reader.fetch(f"{server.url}/news", access=club.access())


def test_fields_that_no_form_has_are_named(server: Server, reader: Reader) -> None:
    club = Club(server)
    with pytest.raises(FetchError, match="no form with the fields user, pass, tenant"):
        reader.fetch(f"{server.url}/news", access=club.access(tenant="1"))


@pytest.mark.parametrize(
    "form",
    [
        FORM.replace(b'method="post"', b""),
        FORM.replace(b'"enter"', b'"http://evil.test/"'),
        FORM.replace(b'"enter"', b'"http://[x/"'),
    ],
    ids=["in the address", "to another site", "to nowhere"],
)
def test_a_password_is_not_sent_in_an_address_or_to_another_site(server: Server, reader: Reader, form: bytes) -> None:
    club = Club(server, form)
    with pytest.raises(FetchError, match="not safe for a password"):
        reader.fetch(f"{server.url}/news", access=club.access())
    assert server.paths() == ["/account/login"]
