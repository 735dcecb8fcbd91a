"""Stores on servers: what a real one answers is what an embedded store answers, and one that misbehaves gets a sentence."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from elshi import resource
from elshi.cli import run
from elshi.ontology.vocab import prefixes
from elshi.queries.catalogue import bind, catalogue
from elshi.store.base import QueryError, QueryTimeout, StoreError, StoreNotFound, StoreRejected, Table, View, open_view, open_writer
from elshi.store.endpoint import endpoint_of
from elshi.store.graphstore import RemoteStore
from elshi.store.remote import Credentials, Server

G = "https://example.org/graph/1"
SAMPLES = resource("data/samples")
NEEDED = {
    "hierarchy": {"under": "organization:ror-00afp2z80"}, "card": {"entity": "place:kz"}, "facts": {"entity": "place:kz"}, "search": {"text": "univers"},
    "known": {"on": "2026-12-31"},
}  # fmt: skip


#: What the server itself answers, since it asks of graphs: sorted by its own collation, and with the columns that it fills as it
#: likes, the first of several quotations and the order in a list. Virtuoso 7 takes no least one of long strings.
ANSWERED_THERE = {"known": {"quote"}, "divergence": {"quote", "other_says"}}


def answers(view: View, name: str) -> list[object]:
    answer = view.query(bind(catalogue()[name], NEEDED.get(name, {})), prefixes=prefixes())
    assert isinstance(answer, Table)
    rows = list(answer.rows)
    if free := ANSWERED_THERE.get(name):
        rows = sorted((tuple(t for c, t in zip(answer.columns, row, strict=True) if c not in free) for row in rows), key=repr)
    return [answer.columns, *rows]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two stories in two languages, read once, in a store on disk."""
    folder = tmp_path_factory.mktemp("read") / "store"
    sources = [str(SAMPLES.joinpath(f"{story}.{lang}.txt")) for story in ("d01", "d10") for lang in ("kk", "en")]
    assert run(["ingest", *sources, "--store", str(folder), "--jobs", "1", "-q"]) == 0
    return folder


def test_saved_questions_have_the_same_rows_on_a_server(read: Path, on_virtuoso: str) -> None:
    with open_view(str(read)) as here, open_writer(on_virtuoso) as there:
        for graph in here.graphs():
            there.replace(graph, "\n".join(here.quads(graph)))
        assert list(there.graphs()) == list(here.graphs())
        different = [name for name in catalogue() if answers(here, name) != answers(there, name)]
        assert different == []
        empty = {name for name in catalogue() if len(answers(there, name)) == 1}
        assert empty <= {"changes", "decisions", "talking-points", "upcoming"}, "or the comparison says little"


def test_commands_work_on_a_server_as_on_a_folder(on_virtuoso: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources = [str(SAMPLES.joinpath(f"d10.{lang}.txt")) for lang in ("kk", "en")]
    ended = []
    for arguments in (
        ["ingest", *sources, "--jobs", "1"], ["ingest", *sources, "--jobs", "1"], ["ingest", sources[0], "--again", "--jobs", "1"], ["stats", "--json"],
        ["query", "@facts", "-p", "entity=place:jo", "-f", "jsonl"], ["doctor"], ["validate"], ["show", "University of Jordan"],
    ):  # fmt: skip
        assert run([*arguments, "--store", on_virtuoso]) == 0
        ended.append(capsys.readouterr())
    assert [said.err.splitlines()[-1] for said in ended[:3]] == [
        "ingested 2, unchanged 0",
        "ingested 0, unchanged 2",
        "ingested 0, unchanged 1",
    ]
    assert json.loads(ended[3].out)["elshi:Release"] == 2
    assert "Jordan" in ended[4].out
    assert run(["backup", "somewhere", "--store", on_virtuoso]) == 5
    assert "no folder" in capsys.readouterr().err


def test_what_a_crash_left_half_done_is_put_right_by_the_next_writer(on_virtuoso: str) -> None:
    def rows(*names: str) -> str:
        return "".join(f'<https://example.org/{n}> <https://schema.org/name> "{n}"@en <{G}> .\n' for n in names)

    class Cut(Exception):
        pass

    for point in ("begun", "put"):  # before the graph changes; after it, before the merged graph does
        with open_writer(on_virtuoso) as store:
            store.replace(G, rows("a", "b"))
        broken = RemoteStore(Server(endpoint_of(on_virtuoso)))
        server = broken._server

        def cut(*_: object) -> None:
            raise Cut

        if point == "begun":
            server.put = cut  # type: ignore[method-assign]
        else:
            broken._merged.end = cut  # type: ignore[method-assign]
        with pytest.raises(Cut):
            broken.replace(G, rows("b", "c"))
        with open_writer(on_virtuoso) as store:
            expected = ["a", "b"] if point == "begun" else ["b", "c"]
            answer = store.query("SELECT ?name { ?s <https://schema.org/name> ?name } ORDER BY ?name")
            assert isinstance(answer, Table)
            assert [name.value for (name,) in answer.rows if name] == expected
            assert list(store.graphs()) == [G]


def test_what_virtuoso_would_spoil_is_refused_alone(on_virtuoso: str) -> None:
    with open_writer(on_virtuoso) as store:
        for spoiled in (
            f'<https://example.org/{"a" * 2000}> <https://schema.org/name> "a" <{G}> .\n',
            f'<https://example.org/a> <https://schema.org/value> "abc"^^<http://www.w3.org/2001/XMLSchema#integer> <{G}> .\n',
        ):
            with pytest.raises(StoreRejected, match="nothing was written"):
                store.replace(G, spoiled)
        assert list(store.graphs()) == []


def test_an_answer_that_the_server_cuts_short_is_no_answer(on_virtuoso: str) -> None:
    many = "".join(f"<https://example.org/{n}> <https://schema.org/position> <https://example.org/x{n}> <{G}> .\n" for n in range(12_001))
    with open_writer(on_virtuoso) as store:
        store.add(many)
        with pytest.raises(QueryError, match="ResultSetMaxRows"):
            store.query("SELECT * { ?s ?p ?o }")
        assert store.remove(G)


# A server that does as it is told: a list of (status, headers, body), one for each request, the last one for ever

Reply = tuple[int, dict[str, str], bytes]
OK: Reply = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head": {}, "boolean": true}')
NOTHING: Reply = (404, {}, b"")
NO_ROWS: Reply = (200, OK[1], b'{"head": {"vars": ["graph"]}, "results": {"bindings": []}}')


@contextmanager
def serving(replies: list[Reply], *, hang: threading.Event | None = None) -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.append(f"{self.command} {self.path} {self.headers.get('Authorization', '')} {body[:60]!r}")
            status, headers, reply = replies[min(len(seen), len(replies)) - 1]
            if status == 0:
                if hang:
                    hang.wait(10)
                self.connection.close()
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        do_GET = do_POST = do_PUT = do_DELETE = do

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        if hang:
            hang.set()
        server.shutdown()
        server.server_close()
        thread.join()


def store_at(url: str, *, waits: list[float] | None = None, parameters: str = "", who: Credentials | None = None) -> RemoteStore:
    return RemoteStore(
        Server(endpoint_of(f"sparql+{url}/sparql?{parameters}"), who or Credentials(), pause=(waits if waits is not None else []).append)
    )


ROW = f'<https://example.org/a> <https://schema.org/name> "a" <{G}> .\n'


@pytest.mark.parametrize(
    "passing",
    [(503, {"Retry-After": "7"}, b"busy"), (502, {}, b""), (429, {}, b""), (0, {}, b""), (500, {}, b"SR172: Transaction deadlocked")],
)
def test_what_passes_is_tried_again_with_longer_pauses(passing: Reply) -> None:
    waits: list[float] = []
    with serving([passing, passing, NOTHING, passing, (201, {}, b"")]) as (url, seen):
        assert store_at(url, waits=waits).replace(G, ROW)
    assert [line.split()[0] for line in seen] == ["GET", "GET", "GET", "PUT", "PUT"]
    assert waits == ([7, 7, 7] if "Retry-After" in passing[1] else [0.5, 1.0, 0.5])


@pytest.mark.parametrize(("reply", "kind", "words"), [
    ((500, {}, b"<html><h1>Internal</h1> out of memory</html>"), StoreError, "failed while it was written to (HTTP 500): Internal out of memory"),
    ((400, {}, b"line 3: no"), StoreRejected, "would not take what it was sent (HTTP 400): line 3: no"), ((413, {}, b""), StoreRejected, "413"),
    ((401, {}, b""), StoreNotFound, "ELSHI_STORE_USER"), ((403, {}, b""), StoreNotFound, "does not let you in (HTTP 403)"),
    ((302, {"Location": "https://elsewhere.example/x?token=1"}, b""), StoreNotFound, "moved to https://elsewhere.example/x (HTTP 302)"),
    ((503, {}, b"maintenance"), StoreError, "HTTP 503"), ((0, {}, b""), StoreNotFound, "cannot be reached"),
])  # fmt: skip
def test_a_failing_write_says_what_and_what_to_do(reply: Reply, kind: type[Exception], words: str) -> None:
    with serving([NOTHING, reply]) as (url, seen), pytest.raises(kind) as caught:
        store_at(url).replace(G, ROW)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not [line for line in seen if line.startswith(("DELETE", "POST"))], "what was there is left as it was"


@pytest.mark.parametrize(("reply", "kind", "words"), [
    ((400, {}, b"parse error at 3"), QueryError, "parse error at 3"), ((500, {}, b"boom"), QueryError, "boom"), ((404, {}, b""), StoreNotFound, "nothing at /sparql"),
    ((200, {}, b"<html>Welcome</html>"), QueryError, "<html>Welcome"), ((200, {}, b'{"head": {"vars": ["s"]}}'), QueryError, "no rows"),
    ((200, {}, b'{"head": {"vars": ["s"]}, "results": {"bindi'), QueryError, "not SPARQL results"),
])  # fmt: skip
def test_a_failing_query_says_so(reply: Reply, kind: type[Exception], words: str) -> None:
    with serving([reply]) as (url, _), pytest.raises(kind, match=None) as caught:
        store_at(url).query("SELECT ?s { ?s ?p ?o }")
    assert words in str(caught.value)


def test_a_server_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with serving([(0, {}, b"")], hang=threading.Event()) as (url, _):
        with pytest.raises(QueryTimeout):
            store_at(url).query("SELECT ?s { ?s ?p ?o }", timeout=0.2)
        with pytest.raises(StoreError, match="may or may not be there"):
            store_at(url, parameters="timeout=0.04").replace(G, ROW)


@pytest.mark.parametrize(("who", "header"), [
    (Credentials("anna", "s3cret"), "Basic YW5uYTpzM2NyZXQ="), (Credentials(token="t0ken"), "Bearer t0ken"), (Credentials(), ""),
])  # fmt: skip
def test_who_asks_is_told_to_the_server_and_to_nobody_else(who: Credentials, header: str) -> None:
    with serving([(200, OK[1], OK[2]), (400, {}, b"no s3cret t0ken here")]) as (url, seen):
        store = store_at(url, who=who)
        assert store.query("ASK { ?s ?p ?o }") is True
        with pytest.raises(QueryError) as caught:
            store.query("ASK { ?s ?p ?o }")
    assert seen[0].split(" ", 2)[2].startswith(header)
    assert not (who.password and "s3cret" in str(caught.value)) and not (who.token and "t0ken" in str(caught.value))
    assert "s3cret" not in repr(who) and "t0ken" not in repr(who)


@pytest.mark.parametrize(("prepare", "arguments", "status"), [
    (lambda url: url.replace("http", "sparql+http"), ["query", "ASK {}"], 0), (lambda _: "sparql+http://127.0.0.1:1/", ["query", "ASK {}"], 5),
    (lambda _: "sparql+http://anna:s3cret@127.0.0.1/", ["stats"], 5), (lambda _: "sparql+http://127.0.0.1/?server=nonsense", ["stats"], 5),
])  # fmt: skip
def test_exit_status_tells_whether_a_server_was_reached(
    prepare: Callable[[str], str], arguments: list[str], status: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elshi.store.remote.time.sleep", lambda _: None)
    with serving([OK, NO_ROWS, OK]) as (url, _):
        assert run([*arguments, "--store", prepare(url)]) == status
    said = capsys.readouterr().err
    assert "s3cret" not in said and "Traceback" not in said


def test_one_release_that_a_server_will_not_take_fails_and_the_others_are_stored(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    rejected: list[str] = []

    def put(self: Server, name: str, triples: list[str]) -> None:
        if any('"d10.kk.txt"' in line for line in triples):
            rejected.append(name)
            raise StoreRejected("http://server would not take what it was sent (HTTP 400): no")

    monkeypatch.setattr(Server, "put", put)
    monkeypatch.setattr(Server, "post", lambda *_: None)
    monkeypatch.setattr(Server, "graph", lambda *_: "")
    monkeypatch.setattr(
        Server, "ask", lambda self, text, *, rows=True, **_: b'{"head": {"vars": []}, "results": {"bindings": []}}' if rows else b""
    )
    sources = [str(SAMPLES.joinpath(f"d10.{lang}.txt")) for lang in ("kk", "en")]
    assert run(["ingest", *sources, "--jobs", "1", "--store", "sparql+http://127.0.0.1:1/"]) == 4
    said = capsys.readouterr().err.splitlines()
    assert len(rejected) == 1
    assert said[-1] == "ingested 1, unchanged 0, failed 1"
    assert any(line.startswith("d10.kk.txt: ") and "HTTP 400" in line for line in said)
