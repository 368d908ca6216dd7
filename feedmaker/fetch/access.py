"""A person's own access to a source: sent to the source's origin alone, so that no redirect can carry it off."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from feedmaker.errors import FetchError, HttpStatusError
from feedmaker.fetch.addresses import Address, parsed
from feedmaker.fetch.transport import Request
from feedmaker.model import Access

SHORTEST_SECRET = 4  # characters; what is shorter is in too many words


def with_access(request: Request, access: Access) -> Request:
    """The request with what ``access`` adds to it, unless it goes to another origin (RFC 6454)."""
    home = _home(access.url) if access.url else None
    if home is None or home.origin != request.address.origin:
        return request
    request = replace(request, headers={**request.headers, **_headers(access)}, ca_file=access.ca_file)
    if home.url != request.address.url:
        return request
    body = access.body.encode() if access.body is not None else None
    return replace(request, method=access.method.value, body=body)


def _headers(access: Access) -> Mapping[str, str]:
    headers = {name: on_the_wire(value) for name, value in access.headers.items()}
    if access.cookies:
        headers["Cookie"] = on_the_wire("; ".join(f"{name}={value}" for name, value in access.cookies.items()))
    if access.auth:
        pair = f"{access.auth.user}:{access.auth.password}".encode()  # RFC 7617 lets a server expect UTF-8
        headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
    return headers


def conceal(error: FetchError, access: Access) -> None:
    """Take out of an error what a site has repeated of a person's access, as "invalid key: ..." does."""
    error.args = (_concealed(str(error), access),)
    if isinstance(error, HttpStatusError) and error.said:
        error.said = _concealed(error.said, access)


def _concealed(text: str, access: Access) -> str:
    values = [
        *access.headers.values(),
        *access.cookies.values(),
        *(access.login.fields.values() if access.login else ()),
    ]
    values += [access.auth.password, *_headers(access)["Authorization"].split()] if access.auth else []
    words = {word for value in values for word in (value, *value.split()) if len(word) >= SHORTEST_SECRET}
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(re.escape(word), "***", text, flags=re.IGNORECASE)
    return text


def on_the_wire(text: str) -> str:
    """Text for a header, which http.client takes for Latin-1; what servers expect beyond ASCII is UTF-8."""
    return text.encode().decode("latin-1")


@lru_cache(1024)
def _home(url: str) -> Address:
    return parsed(url)
