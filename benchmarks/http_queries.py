"""How fast queries are answered over HTTP: by Elshi, by rdflib behind the same web server and in-process, and by Virtuoso, on the same data.

`python benchmarks/http_queries.py` prints the medians in milliseconds; rounds are interleaved, so that a busy moment is shared by all.
Virtuoso takes part where it is installed (Debian: `apt install virtuoso-opensource`); it is started on loopback in a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from elshi.benchmarks.synthetic import QUESTIONS, releases, vocabulary, write
from elshi.ontology.vocab import prefixes
from elshi.store.base import open_writer

#: Answers a query with the rows of its table, every cell as text.
Asks = Callable[[str], list[tuple[str, ...]]]
JSON = "application/sparql-results+json"
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
BATCH = 200  # releases written at a time


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--releases", type=int, default=1000, help="size of the data (about 290 quads a release)")
    parser.add_argument("--rounds", type=int, default=7, help="how often every query is asked")
    parser.add_argument("--quick", action="store_true", help="a hundred releases, three rounds: to see that it works")
    parser.add_argument("--json", metavar="FILE", help="also write the figures as JSON (- for standard output)")
    parser.add_argument(
        "--without", action="append", default=[], choices=["rdflib", "rdflib, HTTP", "Virtuoso"], help="leave an engine out"
    )
    given = parser.parse_args()
    if given.quick:
        given.releases, given.rounds = 100, 3
    with tempfile.TemporaryDirectory(prefix="elshi-bench-") as name, ExitStack() as stack:
        figures = measured(Path(name), given.releases, given.rounds, set(given.without), stack)
    show(figures)
    if given.json:
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        print(text) if given.json == "-" else Path(given.json).write_text(text + "\n", encoding="utf-8")
    return 0


def measured(folder: Path, count: int, rounds: int, without: set[str], stack: ExitStack) -> dict[str, Any]:
    """Start the engines on the same data and ask all of them every question."""
    quads = write(folder / "graph.nq", count)
    engines: dict[str, Asks] = {"Elshi": stack.enter_context(elshi(folder, count))}
    if not {"rdflib", "rdflib, HTTP"} <= without:
        graph = rdflib_graph(folder / "graph.nq")
        engines["rdflib"] = in_rdflib(graph)
        engines["rdflib, HTTP"] = stack.enter_context(behind_http(graph))
    if "Virtuoso" not in without and shutil.which("virtuoso-t"):
        engines["Virtuoso"] = stack.enter_context(virtuoso(folder))
    engines = {name: ask for name, ask in engines.items() if name not in without}
    times: dict[str, dict[str, list[float]]] = {name: {question: [] for question in QUESTIONS} for name in engines}
    rows: dict[str, dict[str, list[tuple[str, ...]]]] = {name: {} for name in engines}
    for _ in range(rounds + 1):  # the first round warms up
        for question, text in QUESTIONS.items():
            for name, ask in engines.items():
                began = time.perf_counter()
                rows[name][question] = ask(PROLOGUE + text)
                times[name][question].append((time.perf_counter() - began) * 1000)
    return {
        "releases": count, "quads": quads, "rounds": rounds, "python": sys.version.split()[0], "cores": os.cpu_count(),
        "median_ms": {name: {question: round(statistics.median(taken[1:]), 2) for question, taken in of.items()} for name, of in times.items()},
        "rows": {question: len(rows["Elshi"][question]) for question in QUESTIONS},
        "other_rows": [f"{name}: {question}" for name in engines for question in QUESTIONS if not same(rows[name][question], rows["Elshi"][question])],
    }  # fmt: skip


def show(figures: Mapping[str, Any]) -> None:
    """Print the medians side by side."""
    engines = list(figures["median_ms"])
    print(
        f"{figures['releases']} releases, {figures['quads']} quads, {figures['rounds']} rounds, {figures['cores']} cores; medians in ms\n"
    )
    print(f"{'':26}{'rows':>6}" + "".join(f"{name:>15}" for name in engines))
    for question, rows in figures["rows"].items():
        print(f"{question:26}{rows:>6}" + "".join(f"{figures['median_ms'][name][question]:>15.1f}" for name in engines))
    for line in figures["other_rows"]:
        print(f"other rows than Elshi's from {line}")


def same(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> bool:
    """Whether two tables hold the same, however often a row is repeated."""
    return set(one) == set(other)


@contextmanager
def elshi(folder: Path, count: int) -> Iterator[Asks]:
    """`elshi serve` over a store of the data."""
    store = str(folder / "store")
    with open_writer(store) as writer:
        writer.add(vocabulary())
        batch: list[str] = []
        for rows in (*releases(count), ""):
            batch.append(rows)
            if len(batch) == BATCH or not rows:
                writer.add("".join(batch))
                batch = []
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "elshi", "serve", "--store", store, "--port", str(port), "--timeout", "600", "-q"])
    try:
        yield over_http(f"http://127.0.0.1:{port}/sparql", process)
    finally:
        process.terminate()
        process.wait()


def rdflib_graph(path: Path) -> Any:
    """The data in rdflib's memory, its default graph the union of the named ones."""
    from rdflib import Dataset

    graph = Dataset(default_union=True)
    graph.parse(path, format="nquads")
    return graph


def in_rdflib(graph: Any) -> Asks:
    """rdflib, with nothing between."""
    return lambda text: [tuple("" if cell is None else str(cell) for cell in row) for row in graph.query(text)]


@contextmanager
def behind_http(graph: Any) -> Iterator[Asks]:
    """rdflib behind the web server that Elshi uses, evaluating as rdflib-endpoint does: where the requests come in."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def answer(request: Request) -> Response:
        return Response(graph.query(request.query_params["query"]).serialize(format="json"), media_type=JSON)

    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=[Route("/sparql", answer)]), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield over_http(f"http://127.0.0.1:{door.getsockname()[1]}/sparql")
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def virtuoso(folder: Path) -> Iterator[Asks]:
    """Virtuoso, started for this run alone."""
    home = folder / "virtuoso"
    home.mkdir()
    sql, http = free_port(), free_port()
    (home / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http, data=folder), encoding="utf-8")
    process = subprocess.Popen(
        ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        awaited(http, process)
        load = f"DB.DBA.TTLP_MT(file_open('{folder / 'graph.nq'}'), '', 'http://example.org/none', 512, 2); checkpoint;"
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT", f"exec={load}"], capture_output=True, text=True
        )
        if done.returncode or "*** Error" in done.stdout:
            raise SystemExit(f"Virtuoso did not take the data: {done.stdout.strip()[-300:]}")
        yield over_http(f"http://127.0.0.1:{http}/sparql", process)
    finally:
        process.terminate()
        process.wait()


def over_http(address: str, process: subprocess.Popen[Any] | None = None) -> Asks:
    """Ask an endpoint by GET for JSON."""
    awaited(int(address.split(":")[2].split("/")[0]), process)

    def ask(text: str) -> list[tuple[str, ...]]:
        request = urllib.request.Request(f"{address}?{urlencode({'query': text})}", headers={"Accept": JSON})
        with urllib.request.urlopen(request, timeout=600) as reply:
            said = json.load(reply)
        return [tuple(row.get(name, {}).get("value", "") for name in said["head"]["vars"]) for row in said["results"]["bindings"]]

    return ask


def awaited(port: int, process: subprocess.Popen[Any] | None = None) -> None:
    """Wait until a server listens."""
    until = time.monotonic() + 90
    while time.monotonic() < until and (process is None or process.poll() is None):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"nothing came up on port {port}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = ., {data}
NumberOfBuffers = 85000
MaxDirtyBuffers = 65000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000
[Client]
SQL_PREFETCH_ROWS = 100
"""

if __name__ == "__main__":
    sys.exit(main())
