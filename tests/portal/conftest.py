"""The hand-made store behind a real server on loopback."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn

from elshi.ingest.model import Reading
from elshi.portal.serve import Serving, application
from elshi.store.base import open_writer

BASE = "https://w3id.org/elshi/id/"


@dataclass(frozen=True)
class Reply:
    """What a server said."""

    status: int
    headers: Message
    text: str

    def json(self) -> object:
        return json.loads(self.text)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Server:
    """A running server, and how to ask it."""

    url: str

    def get(self, path: str, given: dict[str, str] | None = None, **headers: str) -> Reply:
        """GET a path as it stands, redirects not followed; `accept_language="kk"` sends `Accept-Language: kk`."""
        request = urllib.request.Request(self.url + path + ("?" + urlencode(given) if given else ""))
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=30) as reply:
                return Reply(reply.status, reply.headers, reply.read().decode())
        except urllib.error.HTTPError as reply:
            with reply:
                return Reply(reply.code, reply.headers, reply.read().decode())

    def page(self, thing: str, lang: str = "en") -> str:
        """The page of a resource of ours, such as `person/erlan-kasymov`."""
        reply = self.get(f"/elshi/id/{thing}.html", {"lang": lang})
        assert reply.status == 200, reply.text
        return reply.text


@pytest.fixture(scope="session")
def store(
    tmp_path_factory: pytest.TempPathFactory, reading_kk: Reading, reading_ru: Reading, reading_later: Reading, take: Callable[..., None]
) -> Path:
    """The store on disk: a story in Kazakh and Russian, and an English release of three months later."""
    folder = tmp_path_factory.mktemp("portal") / "store"
    with open_writer(str(folder)) as writer:
        take(writer, 1, reading_kk, reading_ru, reading_later)
    return folder


@pytest.fixture(scope="session")
def server(store: Path) -> Iterator[Server]:
    running = uvicorn.Server(uvicorn.Config(application(Serving(str(store))), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.01)
    yield Server(f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}")
    running.should_exit = True
    thread.join()
