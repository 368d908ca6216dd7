"""Pages that only a browser can show, with the system's own Chromium and a server on loopback."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from feedmaker.errors import AddressRefused, FetchError, Stopping
from feedmaker.fetch import Web, browser, rendering
from feedmaker.model import Access, Rendering
from tests.fetch.hostile import PAGE, FakeResolver, Peer, Reader, Server, policy, says, serving

pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not any(map(shutil.which, browser.NAMES)), reason="this machine has no Chromium")

SECRET = "Geheimnis"
QUICK = Rendering(wait_for="body")
SHELL = b'<html lang="de"><title>News</title><body><script src="/app.js"></script></body></html>'
APP = b"""
fetch("/api/news", {headers: {"X-Requested-With": "app"}}).then(r => r.json()).then(stories => {
  for (const story of stories) document.body.insertAdjacentHTML("beforeend", `<h2 class=story>${story}</h2>`)
})
"""


@dataclass
class Place:
    """One browser for all tests, and a server of which a test sets up what it needs."""

    server: Server
    reader: Reader

    def page(self, script: str, **more: str) -> str:
        """A page that runs a script."""
        body = f"<html><body>{more.get('body', '')}<script>{script}</script></body></html>"
        return self.server.add("/page", says(body.encode(), headers="Content-Type: text/html\r\n"))


@pytest.fixture(scope="module")
def shared() -> Iterator[Place]:
    resolver = FakeResolver({"a.test": [["127.0.0.1"]], "b.test": [["127.0.0.1"]], "in.test": [["10.0.0.1"]]})
    with serving() as server, Reader(Web(policy(server, seconds=8), resolver=resolver)) as reader:
        yield Place(server, reader)


@pytest.fixture
def place(shared: Place) -> Place:
    shared.server.routes.clear()
    shared.server.requests.clear()
    return shared


def test_a_page_is_read_after_its_scripts_have_run(place: Place) -> None:
    place.server.add("/app.js", says(APP, headers="Content-Type: text/javascript\r\n"))
    place.server.add("/api/news", says(b'["One", "Zwei \xc3\xa4"]', headers="Content-Type: application/json\r\n"))
    url = place.server.add("/", says(SHELL, headers='ETag: "1"\r\nContent-Type: text/html; charset=cp1252\r\n'))
    page = place.reader.page(url, browser=Rendering(wait_for=".story"))
    assert [element.text for element in page.tree.cssselect("h2.story")] == ["One", "Zwei ä"]
    assert page.tree.get("lang") == "de"
    assert page.validators.etag is None
    assert place.server.paths() == ["/", "/app.js", "/api/news"]
    assert {request.headers["user-agent"][:10] for request in place.server.requests} == {"Feedmaker/"}
    assert place.server.requests[2].headers["x-requested-with"] == "app"


@pytest.mark.parametrize("kind", ["application/rss+xml", "application/json"])
def test_what_is_no_page_is_read_as_it_came(place: Place, kind: str) -> None:
    url = place.server.add("/data", says(b"<rss/>", headers=f"Content-Type: {kind}\r\n"))
    assert place.reader.page(url, browser=Rendering(wait_for=".story")).content == b"<rss/>"


def test_the_end_is_scrolled_to_and_more_is_clicked(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "MORE_SECONDS", 0.5)
    scroll = "let n = 0; addEventListener('scroll', () => { if (n < 9) document.body.insertAdjacentHTML('beforeend',"
    scroll += " `<p class=more style='height:3000px'>${++n}</p>`) })"
    url = place.page(scroll, body="<p style='height:3000px'>")
    assert len(place.reader.page(url, browser=Rendering(wait_for="p", times=3)).tree.cssselect(".more")) == 3
    click = "document.querySelector('button').onclick = e => e.target.insertAdjacentHTML('afterend', '<p class=more>')"
    url = place.page(click, body="<button>More</button>")
    page = place.reader.page(url, browser=Rendering(wait_for="button", more="button", times=2))
    assert len(page.tree.cssselect(".more")) == 2
    assert (
        place.reader.page(url, browser=Rendering(wait_for="button", more="#none", times=2)).tree.cssselect(".more")
        == []
    )


def test_pictures_media_fonts_and_frames_are_not_asked_for(place: Place) -> None:
    body = "<img src=/i.png><video src=/v.mp4></video><iframe src=/frame></iframe><object data=/o></object>"
    body += "<style>@font-face {font-family: x; src: url(/f.woff)} p {font-family: x}</style><p>x</p>"
    place.reader.page(place.page("", body=body), browser=Rendering())
    assert set(place.server.paths()) <= {"/page", "/o", "/favicon.ico"}


def test_nothing_that_a_page_does_goes_around_the_guards(place: Place) -> None:
    with serving() as private:
        tries = f"""
        const there = "127.0.0.1:{private.port}"
        fetch(`http://${{there}}/fetch`).catch(() => 0)
        fetch("http://in.test:{place.server.port}/dns").catch(() => 0)
        fetch("/redirect").catch(() => 0)
        new WebSocket(`ws://${{there}}/socket`)
        new EventSource(`http://${{there}}/events`)
        navigator.sendBeacon(`http://${{there}}/beacon`, "x")
        open(`http://${{there}}/popup`)
        for (const rel of ["preconnect", "prefetch", "preload", "dns-prefetch", "stylesheet"])
          document.head.insertAdjacentHTML("beforeend", `<link rel=${{rel}} as=script href="http://${{there}}/${{rel}}">`)
        new Worker(URL.createObjectURL(new Blob([`fetch("http://${{there}}/worker")`])))
        document.body.insertAdjacentHTML("beforeend", `<form action="http://${{there}}/form"></form>`)
        setTimeout(() => document.forms[0].submit(), 300)
        """
        place.server.add("/redirect", says(b"", "302 Found", f"Location: http://127.0.0.1:{private.port}/\r\n"))
        place.reader.fetch(place.page(tries), browser=Rendering())
        assert private.connections == 0
    assert {request.host for request in place.server.requests} == {f"127.0.0.1:{place.server.port}"}


def test_secrets_stay_with_their_origin(place: Place) -> None:
    port = place.server.port
    script = f"document.cookie = 'mine=1'; fetch('/own'); fetch('http://b.test:{port}/other')"
    place.server.add("/own", says())
    place.server.add("/other", says(headers="Access-Control-Allow-Origin: *\r\n"))
    url = place.page(script).replace("127.0.0.1", "a.test")
    access = Access(url=url, headers={"X-Key": SECRET}, cookies={"session": SECRET})
    place.reader.page(url, access=access, browser=Rendering())
    seen = {request.path: request.headers for request in place.server.requests}
    assert seen["/page"]["x-key"] == seen["/own"]["x-key"] == SECRET
    assert seen["/own"]["cookie"] == f"session={SECRET}; mine=1"
    assert SECRET not in str(seen["/other"])


def test_cookies_that_answers_set_are_sent_again(place: Place) -> None:
    body = b"<script>fetch('/one').then(() => fetch('/two')).then(() => document.body.id = 'done')</script><body>"
    place.server.add("/one", says(headers="Set-Cookie: one=1; HttpOnly\r\n"))
    place.server.add("/two", says())
    url = place.server.add("/", says(body, headers="Content-Type: text/html\r\nSet-Cookie: zero=0\r\n"))
    place.reader.page(url, browser=Rendering(wait_for="#done"))
    cookies = {request.path: request.headers.get("cookie") for request in place.server.requests}
    assert cookies == {"/": None, "/one": "zero=0", "/two": "zero=0; one=1"}


def test_a_script_may_lead_to_another_page_of_the_site_and_not_elsewhere(place: Place) -> None:
    final = place.server.add("/final", says(PAGE, headers="Content-Type: text/html\r\n"))
    page = place.reader.page(place.page("location = '/final'"), browser=Rendering(wait_for="p"))
    assert (page.url, page.tree.findtext(".//p")) == (final, "All is well.")
    page = place.reader.page(place.page("location = 'file:///etc/passwd'"), browser=Rendering())
    assert page.url == f"{place.server.url}/page"
    assert "root:" not in page.text


@pytest.mark.parametrize("script", ["while (true) {}", "setTimeout(() => { while (true) {} }, 50)"])
def test_a_script_without_end_is_cut_off(place: Place, script: str) -> None:
    with Reader(Web(policy(place.server, seconds=1))) as reader:
        began = time.monotonic()
        with pytest.raises(FetchError):
            reader.fetch(place.page(script), browser=Rendering())
        assert time.monotonic() - began < 8


def test_what_never_appears_is_named(place: Place) -> None:
    with Reader(Web(policy(place.server, seconds=4))) as reader:
        with pytest.raises(FetchError, match=r"/page cannot be read: `wait_for: \.story` did not appear"):
            reader.fetch(place.page(""), browser=Rendering(wait_for=".story"))
        with pytest.raises(FetchError, match="the browser does not show it"):
            reader.fetch(place.page(""), browser=Rendering(wait_for="]["))


def test_a_page_that_grows_or_asks_too_much_is_bounded(place: Place) -> None:
    with Reader(Web(policy(place.server, seconds=8, max_bytes=100_000))) as reader:
        grow = "document.body.innerHTML = 'x'.repeat(200000)"
        with pytest.raises(FetchError, match="200,"):
            reader.fetch(place.page(grow), browser=Rendering())
        place.server.add("/x", says(b"x" * 90_000))
        reader.page(
            place.page("(async () => { for (let i = 0; i < 20; i++) await fetch('/x') })()"), browser=Rendering()
        )
        assert place.server.paths().count("/x") <= 6


def test_an_answer_that_is_no_page_needs_no_browser(place: Place) -> None:
    with pytest.raises(FetchError, match="404"):
        place.reader.fetch(f"{place.server.url}/none", browser=Rendering())
    with pytest.raises(AddressRefused):
        place.reader.fetch("http://10.0.0.1/", browser=Rendering())


def test_a_browser_that_has_died_is_started_again_and_an_old_one_replaced(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, owner = place.page(""), place.reader.web._browser
    place.reader.page(url, browser=QUICK)
    assert owner._thread is not None
    assert owner._chromium is not None
    owner._thread.submit(owner._chromium.close).result()
    place.reader.page(url, browser=QUICK)
    second = owner._chromium
    monkeypatch.setattr(browser, "PAGES_A_BROWSER", 1)
    place.reader.page(url, browser=QUICK)
    assert owner._chromium is not second


def test_stopping_ends_a_page_that_is_being_shown(server: Server) -> None:
    web = Web(policy(server, seconds=20))
    stop = says(b"<html><body><script src=/slow.js></script>", headers="Content-Type: text/html\r\n")

    def slow(peer: Peer) -> None:
        web.stop()
        peer.silence()

    server.add("/slow.js", slow)
    began = time.monotonic()
    with Reader(web) as reader, pytest.raises(Stopping):
        reader.fetch(server.add("/", stop), browser=Rendering(wait_for="#never"))
    assert time.monotonic() - began < 8


def test_without_playwright_it_is_said_what_to_install(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright", None)
    with pytest.raises(FetchError, match=r"pip install 'feedmaker\[browser\]'"):
        Web(policy(place.server, seconds=2)).fetch(place.page(""), robots=False, browser=Rendering())
