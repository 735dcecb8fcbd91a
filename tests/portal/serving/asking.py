"""`elshi serve` as its users start it, the command in a process of its own, and how to ask it over HTTP on loopback."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import uvicorn

from elshi.portal.serve import Serving, application

SPARQL, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#: The graphs of the W3C's protocol tests, each with one document.
DATA = tuple(f"http://kasei.us/2009/09/sparql/data/data{n}.rdf" for n in range(4))
EX = "http://example.org/"
ODD = 'a "quoted" text,\nwith <two> lines,\ta tab & Қазақша \\ 🚀'


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return str(self.headers.get_content_type())

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Running:
    """A server that runs."""

    url: str
    process: subprocess.Popen[str] | None = None
    said: list[str] = field(default_factory=list)  # its lines on standard error

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(str(urlsplit(self.url).hostname), self.port, timeout=60)

    def ask(self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        connection = self.connection()
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, dict(headers or {}))
            reply = connection.getresponse()
            return Answer(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def get(self, path: str, given: Mapping[str, str] | Sequence[tuple[str, str]] = (), **headers: str) -> Answer:
        """GET a path; `accept="text/csv"` sends `Accept: text/csv`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path + (f"?{urlencode(given)}" if given else ""), headers=named)

    def query(self, text: str, **headers: str) -> Answer:
        return self.get("/sparql", {"query": text}, **headers)

    def truth(self, text: str) -> bool:
        answer = self.query(text)
        assert answer.status == 200, answer.text
        return bool(answer.json()["boolean"])

    def number(self, text: str, **given: str) -> int:
        """The one cell of a table, a number."""
        answer = self.get("/sparql", {"query": text, **given}, accept="text/csv")
        assert answer.status == 200, answer.text
        return int(answer.text.split()[1])

    def logged(self, part: str, times: int = 1) -> str:
        """A line of its log with a part in it, as soon as it has been written so often."""
        until = time.monotonic() + 20
        while True:
            found = [line for line in list(self.said) if part in line]
            if len(found) >= times or time.monotonic() > until:
                assert len(found) >= times, f"{part} is not in the log {times} times"
                return found[-1]
            time.sleep(0.05)

    def workers(self) -> set[int]:
        """Its worker processes."""
        assert self.process is not None
        return {child for copier in _children(self.process.pid) if b"forkserver" in _command(copier) for child in _children(copier)}


def _children(pid: int) -> set[int]:
    found: set[int] = set()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found |= {int(child) for child in children.read_text().split()}
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def started(store: Path, *options: str, **variables: str) -> Iterator[Running]:
    """Serve a store by the command line on a free port."""
    command = [sys.executable, "-m", "elshi", "serve", "--store", str(store), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **variables})
    assert process.stderr is not None
    said: list[str] = []
    first = process.stderr.readline()
    said.append(first)
    reading = threading.Thread(target=lambda: said.extend(iter(process.stderr.readline, "")), daemon=True)  # type: ignore[union-attr]
    try:
        assert " at http" in first, first + process.stderr.read()
        reading.start()
        yield Running(first.split(" at ")[1].split(" (")[0].rstrip("/"), process, said)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if reading.is_alive():
            reading.join(5)
        process.stderr.close()


@contextmanager
def within(serving: Serving) -> Iterator[Running]:
    """Serve in this process, for what no option of the command line says."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(application(serving), log_config=None, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield Running(f"http://127.0.0.1:{door.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join()
