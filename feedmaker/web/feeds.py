"""The output folder over HTTP: types, codings and conditional requests as feed readers need them."""

from __future__ import annotations

from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from feedmaker.web.documents import Document, document
from feedmaker.web.negotiation import Coding, coding_for, is_known, wants_page

INDEX = "index.html"
# Readers ask again whenever they like, and are told in a few bytes that nothing has changed.
_ALWAYS = {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding", "X-Content-Type-Options": "nosniff"}
# Browsers show the source of RSS and Atom by their own types, and by this one the page that their style sheet makes.
_STYLED = "application/xml; charset=utf-8"


def feeds_over_http(folder: Path) -> Starlette:
    """The application that serves the files of an output folder, ``index.html`` at ``/``, for GET and HEAD.

    It finds what the folder holds at each request; the folder need not be there yet.
    """

    def answer(request: Request) -> Response:
        found = document(folder, request.path_params.get("name", INDEX))
        return _answer(request, found) if found else _not_found(request)

    site = Starlette(routes=[Route("/", answer), Route("/{name}", answer)], exception_handlers={404: _missing})
    site.router.redirect_slashes = False  # there are no folders
    return site


def _answer(request: Request, found: Document) -> Response:
    asked = request.headers
    coding = coding_for(asked.get("accept-encoding")) if found.is_worth_encoding else Coding.IDENTITY
    headers = {**_ALWAYS, "ETag": found.tag(coding), "Last-Modified": formatdate(found.modified, usegmt=True)}
    tags = [found.tag(each) for each in Coding]
    if is_known(tags, found.modified, asked.get("if-none-match"), asked.get("if-modified-since")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if coding is not Coding.IDENTITY:
        headers["Content-Encoding"] = coding
    is_styled = found.type.partition(";")[0].endswith(("rss+xml", "atom+xml")) and wants_page(asked.get("accept"))
    headers["Content-Type"] = _STYLED if is_styled else found.type
    return Response(found.encoded(coding), headers=headers)


async def _missing(request: Request, _error: Exception) -> Response:
    return _not_found(request)


def _not_found(request: Request) -> Response:
    words = "There are no feeds yet: run feedmaker build, or wait for the first refresh."
    text = words if request.url.path == "/" else "There is no such feed here."
    return PlainTextResponse(f"{text}\n", HTTPStatus.NOT_FOUND, headers=_ALWAYS)
