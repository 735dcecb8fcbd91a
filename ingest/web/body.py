"""The body of an answer, unpacked: never more of it than fits, never half of it taken for the whole."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from elshi import ElshiError
from elshi.ingest.decode import Unreadable

if TYPE_CHECKING:
    from requests import Response

__all__ = ["ACCEPTED", "BrokenBody", "TooLarge", "TooSlow", "inflated", "read_body"]

#: The packings that `read_body` undoes.
ACCEPTED: Final = "gzip, deflate"
_PIECE: Final = 1 << 16


class TooLarge(ElshiError):
    """An answer of more bytes than a release may have."""


class TooSlow(ElshiError):
    """An answer that did not end in time."""


class BrokenBody(ElshiError):
    """An answer that ended before it was whole, or that is not packed as it says."""


def read_body(response: Response, *, largest: int, until: float) -> bytes:
    """Return the body of an answer, unpacked, by `until` on the monotonic clock.

    Raises TooLarge once more than `largest` bytes have come out, however few went in; TooSlow; and BrokenBody.
    """
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > largest:
        raise TooLarge(f"{int(length) / 1e6:.1f} MB, over the limit of {largest / 1e6:g} MB")
    body = bytearray()
    for piece in _unpacked(_pieces(response, until), response.headers.get("Content-Encoding", ""), largest):
        body += piece
        if len(body) > largest:
            raise TooLarge(f"over the limit of {largest / 1e6:g} MB")
    return bytes(body)


def _pieces(response: Response, until: float) -> Iterator[bytes]:
    """The body as it comes; each piece is what one read gives, so that a slow trickle is noticed."""
    while piece := response.raw.read1(_PIECE, decode_content=False):
        if time.monotonic() > until:
            raise TooSlow("the answer did not end in time")
        yield piece


def _unpacked(pieces: Iterable[bytes], packing: str, largest: int) -> Iterator[bytes]:
    names = [name for name in (each.strip().lower() for each in packing.split(",")) if name not in ("", "identity")]
    if not names:
        yield from pieces
        return
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise BrokenBody(f"packed as {packing!r}, which was not asked for")
    unpack = None
    for piece in pieces:
        unpack = unpack or _unpacker(names[0], piece)
        try:
            yield unpack.decompress(piece, largest + 1)
        except zlib.error:
            raise BrokenBody(f"not {names[0]} data, though it says so") from None
        if unpack.unconsumed_tail:
            raise TooLarge(f"over the limit of {largest / 1e6:g} MB")
    if unpack is None or not unpack.eof:
        raise BrokenBody("the answer broke off")


def _unpacker(name: str, start: bytes) -> zlib._Decompress:
    """`deflate` should come in a zlib wrapping; some servers leave it off."""
    if name != "deflate":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    wrapped = len(start) > 1 and start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def inflated(body: bytes, *, largest: int) -> bytes:
    """Return what a gzip file holds, as sitemaps and JSON lines come in one; anything else as it is. Raises Unreadable."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        content = unpack.decompress(body, largest)
    except zlib.error:
        raise Unreadable("not a whole gzip file") from None
    if unpack.unconsumed_tail:
        raise Unreadable(f"over the limit of {largest / 1e6:g} MB")
    if not unpack.eof:
        raise Unreadable("not a whole gzip file")
    return content
