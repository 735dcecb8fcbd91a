"""A server that misbehaves as it is told, and a clock that passes only when somebody waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from elshi.ingest.acquire import Failure, Found, acquire
from elshi.ingest.model import Known, Page
from elshi.ingest.web.fetch import Fetcher, Manners
from elshi.ingest.web.opening import Web

KAZAKH = "Қазақстанның Бельгиядағы Елшісі университет ректорымен кездесу өткізді. Тараптар ынтымақтастықты талқылады."


def written(title: str = "Елші кездесу өткізді", *paragraphs: str, head: str = "", before: str = "", after: str = "") -> str:
    """A page of a ministry around an article."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs or (KAZAKH,))
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title} — СІМ</title>{head}</head><body><nav><a href="/">Басты бет</a></nav>'
        f"<article>{before}<h1>{title}</h1>{body}{after}</article><footer>© СІМ</footer></body></html>"
    )


class Request(BaseHTTPRequestHandler):
    """One request; a route answers it by `reply` or by writing to the socket itself."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Any

    def do_GET(self) -> None:
        site: Site = self.server.site
        site.asked.append(self.path)
        site.headers.append({name.lower(): value for name, value in self.headers.items()})
        try:
            site.routes.get(self.path, lambda it: it.reply(404, "none"))(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client had enough

    def reply(self, status: int = 200, body: str | bytes = "", **headers: str) -> None:
        """Answer as a whole; underscores in names of headers are hyphens."""
        content = body.encode() if isinstance(body, str) else body
        stated = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
        stated |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in stated.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Route = Callable[[Request], None]


@dataclass
class Site:
    """What a server answers, and what it was asked."""

    base: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def page(self, path: str, body: str | bytes = "", status: int = 200, **headers: str) -> str:
        """Answer a path always the same; its URL."""
        self.routes[path] = lambda it: it.reply(status, body or written(), **headers)
        return self.base + path

    def tagged(self, path: str, body: str = "") -> str:
        """Answer a path with an ETag, and 304 to who knows it."""
        content = body or written()
        tag = f'"{hash(content)}"'
        self.routes[path] = lambda it: it.reply(304) if it.headers["If-None-Match"] == tag else it.reply(200, content, etag=tag)
        return self.base + path

    def in_turn(self, path: str, *answers: Route) -> str:
        """Answer a path differently each time, at last always by the last."""
        left = list(answers)
        self.routes[path] = lambda it: (left.pop(0) if len(left) > 1 else left[0])(it)
        return self.base + path

    def pages_asked(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path in self.asked if path != "/robots.txt"]


@pytest.fixture(scope="session")
def html() -> Callable[..., str]:
    """Writes a page of a ministry around an article."""
    return written


class Server(ThreadingHTTPServer):
    """Serves each connection in a thread of its own, and does not mind clients that hang up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: what clients see is what is tested."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback."""
    server = Server(("127.0.0.1", 0), Request)
    made = Site(f"http://127.0.0.1:{server.server_address[1]}")
    server.site = made  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Time:
    """A clock that moves when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


class Asked(list[Found]):
    """What asking gave."""

    @property
    def page(self) -> Page:
        """The one page there is."""
        (page,) = self
        assert isinstance(page, Page), page
        return page

    @property
    def failure(self) -> Failure:
        """The one failure there is, in one line."""
        (failure,) = self
        assert isinstance(failure, Failure), failure
        assert "\n" not in str(failure)
        return failure

    @property
    def names(self) -> list[str]:
        """The end of each name; failures in brackets, what is known in parentheses."""
        marks = {Page: "{}", Failure: "[{}]", Known: "({})"}
        return [marks[type(each)].format(each.name.rsplit("/", 1)[-1]) for each in self]


@pytest.fixture
def ask(time: Time) -> Iterator[Callable[..., Asked]]:
    """Open sources as `elshi ingest --allow-private` does, but for the waiting."""
    opened: list[Web] = []

    def ask(*sources: str, manners: Manners | None = None, **more: Any) -> Asked:
        fetcher = Fetcher(manners or Manners(allow_private=True, pace=0), clock=time.clock, sleep=time.sleep)
        web = Web(lambda: fetcher, **more)
        opened.append(web)
        return Asked(acquire(sources, schemes=web.schemes))

    yield ask
    for web in opened:
        web.close()
