"""What every response has: safety headers, its line in the access log, an address under a proxy's path, and no trace of a failure within."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Frame"]

_ACCESS: Final = logging.getLogger("elshi.access")
_LOG: Final = logging.getLogger("elshi.serve")
#: Pages load nothing from elsewhere; the SPARQL editor writes styles into its elements.
_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_SAFETY: Final = [
    (b"content-security-policy", _POLICY.encode()), (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"),
]  # fmt: skip
_LONGEST: Final = 2000  # characters of an address in the log


class Frame:
    """Stands around the application."""

    def __init__(self, app: ASGIApp, root: str = "") -> None:
        """Let a proxy pass requests on under a path, whether or not it takes the path away."""
        self._app, self._root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.monotonic(), 0, 0

        async def noted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(each for each in _SAFETY if each[0] not in given)]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(_under(scope, self._root), receive, noted)
        except ClientDisconnect:
            status = status or 499  # as nginx calls it
        except Exception:
            _LOG.exception("%s %s failed", scope["method"], _address(scope))
            if status:
                raise
            await PlainTextResponse("the server failed over this request: try again, or tell whoever runs it\n", 500)(scope, receive, noted)
        finally:
            client = (scope.get("client") or ("-",))[0]
            took = round((time.monotonic() - began) * 1000)
            said = {"client": client, "method": scope["method"], "address": _address(scope), "status": status, "bytes": size, "ms": took}
            _ACCESS.info("%(client)s %(method)s %(address)s %(status)d %(bytes)d bytes %(ms)d ms", said, extra={"said": said})


def _under(scope: Scope, root: str) -> Scope:
    """The request as one for an application that is mounted at the path."""
    if not root:
        return scope
    path, raw = scope["path"], scope.get("raw_path") or b""
    if path != root and not path.startswith(f"{root}/"):
        path, raw = root + path, root.encode() + raw
    return {**scope, "root_path": root, "path": path, "raw_path": raw}


def _address(scope: Scope) -> str:
    """The path and query as they were sent, percent-encoded, so that a line of the log stays a line."""
    raw: bytes = scope.get("raw_path") or b""
    query: bytes = scope.get("query_string") or b""
    return (raw + (b"?" + query if query else b"")).decode("ascii", "backslashreplace")[:_LONGEST]
