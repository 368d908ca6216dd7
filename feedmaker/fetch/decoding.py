"""Content codings (RFC 9110, section 8.4) undone piece by piece, so that a bomb costs no more than its limit.

urllib3's own decoders take a truncated gzip or brotli stream for a whole one and give a zstd stream up to 128 MiB of
window; RFC 9659 allows 8 MiB on the web.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

from feedmaker.errors import ResponseTooLarge, Unreachable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, br, zstd"
PIECE = 64 * 1024
MAX_CODINGS = 2
ZSTD_WINDOW_LOG = 23  # RFC 9659
_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's wbits

Pieces = Iterator[bytes]


def decoded(chunks: Iterable[bytes], content_encoding: str, limit: int) -> Pieces:
    """The content behind a Content-Encoding header, in pieces; codings nobody knows are taken as none.

    ``limit`` bounds what each coding gives. Raises ResponseTooLarge beyond it, Unreachable for content that is
    damaged or ends too early.
    """
    codings = [_DECODERS[name] for name in map(str.strip, content_encoding.lower().split(",")) if name in _DECODERS]
    if len(codings) > MAX_CODINGS:
        raise ResponseTooLarge(f"the answer is compressed {len(codings)} times over ({content_encoding[:80]})")
    pieces: Iterable[bytes] = chunks
    for decode in reversed(codings):
        pieces = _bounded(decode(iter(pieces)), limit)
    return iter(pieces)


def _bounded(pieces: Pieces, limit: int) -> Pieces:
    """The pieces, and errors as ours; what is one piece over the limit is for the caller to see."""
    total = 0
    try:
        for piece in pieces:
            total += len(piece)
            yield piece
            if total > limit:
                raise ResponseTooLarge(f"the answer holds more than {limit:,} bytes when decompressed")
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise Unreachable(f"the compressed answer is damaged ({error})") from error


def _truncated(coding: str) -> Unreachable:
    return Unreachable(f"the answer ends in the middle of its {coding} data")


def _inflate(chunks: Pieces, wbits: Callable[[bytes], int], coding: str) -> Pieces:
    """gzip of any number of members (RFC 1952), or one deflate stream; what follows it and is neither is left."""
    engine = None
    for chunk in chunks:
        while chunk:
            if engine is None or (engine.eof and chunk.startswith(b"\x1f\x8b")):
                engine = zlib.decompressobj(wbits(chunk))
            elif engine.eof:
                return
            yield engine.decompress(chunk, PIECE)
            chunk = engine.unconsumed_tail or engine.unused_data
    while engine and not engine.eof:
        piece = engine.decompress(b"", PIECE)  # what zlib has taken in but not given out
        if not piece:
            raise _truncated(coding)
        yield piece


def _gunzip(chunks: Pieces) -> Pieces:
    return _inflate(chunks, lambda _: _GZIP, "gzip")


def _undeflate(chunks: Pieces) -> Pieces:
    """What servers call deflate: zlib's format (RFC 1950), or from some the bare stream."""
    return _inflate(chunks, lambda chunk: _ZLIB if chunk[0] & 15 == 8 and chunk[0] >> 4 < 8 else _RAW, "deflate")


def _unbrotli(chunks: Pieces) -> Pieces:
    engine = None
    for chunk in chunks:
        engine = engine or brotli.Decompressor()
        yield engine.process(chunk, output_buffer_limit=PIECE)
        while not engine.can_accept_more_data():
            yield engine.process(b"", output_buffer_limit=PIECE)
    while engine and not engine.is_finished():
        piece = engine.process(b"", output_buffer_limit=PIECE)  # it takes all input in before it gives all output out
        if not piece:
            raise _truncated("brotli")
        yield piece


def _unzstd(chunks: Pieces) -> Pieces:
    """Any number of frames (RFC 8878)."""
    engine = None
    for chunk in chunks:
        while chunk or (engine and not engine.needs_input and not engine.eof):
            if engine is None or engine.eof:
                engine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})
            yield engine.decompress(chunk, PIECE)
            chunk = engine.unused_data
    if engine and not engine.eof:
        raise _truncated("zstd")


_DECODERS: dict[str, Callable[[Pieces], Pieces]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
