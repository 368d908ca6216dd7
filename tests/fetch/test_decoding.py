"""Content codings undone piece by piece."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.errors import FetchError, ResponseTooLarge, Unreachable
from feedmaker.fetch.decoding import PIECE, decoded

LIMIT = 10 * 1024 * 1024
TEXT = b"All the news that is fit to print, and then some more of it. " * 5000


def bare(data: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
    "gzip of br": ("br, gzip", lambda data: gzip.compress(brotli.compress(data))),
    "none": ("identity", lambda data: data),
}
coding = pytest.mark.parametrize("name", CODINGS)


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def decode(data: bytes, name: str, size: int = 1000, limit: int = LIMIT) -> bytes:
    return b"".join(decoded(chunks(data, size), name, limit))


@coding
@pytest.mark.parametrize("size", [1, 7, 1000, 10**9])
def test_content_comes_back_whole_however_it_is_cut_into_chunks(name: str, size: int) -> None:
    header, encode = CODINGS[name]
    text = TEXT[:3000] if size == 1 else TEXT + bytes(3 * PIECE)
    assert decode(encode(text), header, size) == text


@coding
def test_no_bytes_are_no_content(name: str) -> None:
    assert decode(b"", CODINGS[name][0]) == b""


@pytest.mark.parametrize("name", ["gzip", "deflate", "bare deflate", "br", "zstd", "gzip of br"])
@pytest.mark.parametrize("left", [1, 10, -1])
def test_content_that_ends_too_early_is_noticed(name: str, left: int) -> None:
    header, encode = CODINGS[name]
    with pytest.raises(Unreachable, match="in the middle of its"):
        decode(encode(TEXT)[:left], header)


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_several_members_are_one_content(name: str) -> None:
    header, encode = CODINGS[name]
    assert decode(encode(TEXT) + encode(b"more"), header) == TEXT + b"more"


@pytest.mark.parametrize("size", [1000, 10**9])
def test_what_follows_gzip_and_is_none_is_left(size: int) -> None:
    assert decode(gzip.compress(TEXT) + bytes(2000), "gzip", size) == TEXT


def test_what_follows_brotli_is_refused() -> None:
    with pytest.raises(Unreachable, match="damaged"):
        decode(brotli.compress(TEXT) + b"more", "br")


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "gzip of br"])
def test_no_more_comes_out_than_allowed_and_one_piece(name: str) -> None:
    header, encode = CODINGS[name]
    pieces = decoded(chunks(encode(bytes(10**7)), 1000), header, 10**6)
    got: list[int] = []
    with pytest.raises(ResponseTooLarge):
        got.extend(len(piece) for piece in pieces)
    assert sum(got) <= 10**6 + 2 * PIECE  # brotli rounds its buffers up


@settings(derandomize=True, max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br"]))
def test_no_bytes_at_all_break_the_decoding(data: bytes, name: str) -> None:
    try:
        decode(data, name, 50)
    except FetchError as error:
        assert type(error) in (Unreachable, ResponseTooLarge)  # noqa: PT017
