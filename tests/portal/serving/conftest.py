"""Stores with a server before them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from elshi.store.base import open_writer
from elshi.tests.portal.serving.asking import DATA, EX, ODD, RDF_TYPE, Running, started

ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"x:there"}}]}}'
FOUND = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
    len(ROW),
    ROW,
)


def document(graph: str) -> str:
    return f"<{graph}> {RDF_TYPE} <http://xmlns.com/foaf/0.1/Document> <{graph}> .\n"


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the W3C's graphs, two graphs that share a triple, a chain of 300 links, and literals of every kind."""
    folder = tmp_path_factory.mktemp("serving") / "store"
    shared = f'<{EX}s> <{EX}p> "shared" <{EX}g'
    odd = "".join({"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(mark, mark) for mark in ODD)
    kinds = ('"plain"', '"tagged"@kk', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>', f"<{EX}iri>", f'"{odd}"')
    with open_writer(str(folder)) as writer:
        for graph in DATA:
            writer.replace(graph, document(graph))
        for name in "12":
            writer.replace(f"{EX}g{name}", f'{shared}{name}> .\n<{EX}s> <{EX}p> "only {name}" <{EX}g{name}> .\n')
        writer.replace(
            f"{EX}chain",
            "".join(f"<{EX}n{n}> <{EX}next> <{EX}n{(n * 7 + k) % 300}> <{EX}chain> .\n" for n in range(300) for k in (1, 2, 3)),
        )
        writer.replace(f"{EX}kinds", "".join(f"<{EX}k{n}> <{EX}value> {term} <{EX}kinds> .\n" for n, term in enumerate(kinds)))
    return folder


@pytest.fixture(scope="session")
def endpoint(documents: Path) -> Iterator[Running]:
    """A server with small limits."""
    with started(documents, "--timeout", "2", "--memory", "64", "--rows", "2000", "--workers", "2") as running:
        yield running


@pytest.fixture
def listener() -> Iterator[Callable[[], tuple[str, list[bytes]]]]:
    """A server of somebody else's: its address, and what was sent to it."""
    heard: list[bytes] = []
    door = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                caller, _ = door.accept()
            except OSError:
                return
            with caller:
                heard.append(caller.recv(4000))
                caller.sendall(FOUND)

    threading.Thread(target=listen, daemon=True).start()
    yield lambda: (f"http://127.0.0.1:{door.getsockname()[1]}/", heard)
    door.close()
