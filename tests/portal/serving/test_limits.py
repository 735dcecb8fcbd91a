"""No query takes more than its share: of time, memory, rows and bytes; and while some try, others are served."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from elshi.portal.answer import Limits
from elshi.portal.serve import Serving
from elshi.portal.workers import Room
from elshi.tests.portal.serving.asking import EX, Answer, Running, started, within

_STARTED = 0.5  # seconds of a processor that a worker may have cost before it was asked anything
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
SQUARED = " ".join(f'BIND(REPLACE(?v{n}, "a", ?v{n}) AS ?v{n + 1})' for n in range(5))
#: Queries that mean no good, with the statuses they may end with.
HOSTILE = {
    "a cross product": (CROSS, {503}),
    "a path through everything": (f"SELECT (COUNT(*) AS ?n) {{ ?a (<{EX}next>|^<{EX}next>|!<x:no>)*/(<{EX}next>*/^<{EX}next>*)* ?b . ?c ?d ?e . ?f ?g ?h }}", {400, 503}),
    "paths multiplied": (f"SELECT (COUNT(*) AS ?n) {{ ?a <{EX}next>* ?b . ?b <{EX}next>* ?c . ?c <{EX}next>* ?d . ?d <{EX}next>* ?e }}", {400, 503}),
    "too many rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", {400}),
    "too many rows to sort": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a", {400, 503}),
    "too many triples": ("CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {400, 503}),
    "a text that grows by itself": (f'SELECT ?v5 {{ BIND("aaaaaaaaaa" AS ?v0) {SQUARED} }}', {400}),
    "groups without end": ("SELECT ?a (GROUP_CONCAT(?i) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a", {400, 503}),
    "distinct without end": ("SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {400, 503}),
    "braces without end": ("ASK " + "{" * 40_000 + "}" * 40_000, {400}),
    "parentheses without end": ("ASK { FILTER(" + "(" * 40_000 + "1" + ")" * 40_000 + ") }", {400}),
    "unions without end": ("SELECT * { " + "{} UNION " * 20_000 + "{} }", {200, 400, 503}),
    "a slow expression": ('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(CONCAT(STR(?a), STR(?f), STR(?i)), "(a*)*(b*)*$")) }', {503}),
    "minus of everything": ("SELECT (COUNT(*) AS ?n) { { ?a ?b ?c . ?d ?e ?f } MINUS { ?a ?x ?y . ?z ?e ?w . ?q ?r ?t } ?u ?v ?s . ?k ?l ?m }", {400, 503}),
}  # fmt: skip


def tells_nothing_of_the_machine(answer: Answer, running: Running) -> bool:
    """Whether an error is a sentence with no path, name of host or user, or trace of the program in it."""
    said = answer.text + str(answer.headers)
    secrets = (
        str(Path.cwd()),
        "/tmp/",
        "/home/",
        "site-packages",
        "Traceback",
        ".py",
        "oxigraph",
        socket.gethostname(),
        f" {getpass.getuser()}",
    )
    return answer.text.count("\n") == 1 and not [secret for secret in secrets if secret in said]


def soon(holds: Callable[[], bool], words: str = "") -> None:
    """Wait until something holds; a minute is longer than any machine takes."""
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, words
        time.sleep(0.02)


def busy(workers: Iterable[int]) -> int:
    """How many workers have a query at work: more than starting costs, in seconds of a processor."""
    spent = 0
    for worker in workers:
        with suppress(FileNotFoundError, ProcessLookupError):
            times = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            spent += (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK") > _STARTED
    return spent


def gone(workers: Iterable[int]) -> bool:
    """Whether no worker runs any more; one that only waits to be buried does not."""
    for worker in workers:
        with suppress(FileNotFoundError, ProcessLookupError):
            if " Z " not in Path(f"/proc/{worker}/stat").read_text():
                return False
    return True


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_refused_in_a_sentence(endpoint: Running, name: str) -> None:
    query, statuses = HOSTILE[name]
    answer = endpoint.ask("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
    assert answer.status in statuses, answer.text[:300]
    if answer.status != 200:
        assert tells_nothing_of_the_machine(answer, endpoint), answer.text
    assert endpoint.truth("ASK {}")


def test_the_limits_are_those_that_were_set(endpoint: Running) -> None:
    assert "more than 2000 rows" in endpoint.query(HOSTILE["too many rows"][0]).text
    assert "no answer in 2 s" in endpoint.query(CROSS).text
    assert "more than 64 MB of memory" in endpoint.query(HOSTILE["a text that grows by itself"][0]).text
    assert "more than 2000 triples" in endpoint.query("CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }").text


@pytest.mark.parametrize("name", ["csv", "tsv", "xml", "json"])
def test_rows_are_counted_in_every_format(endpoint: Running, name: str) -> None:
    def asked(most: int) -> Answer:
        query = f'SELECT ?a (CONCAT(STR(?a), "}}}},{{\\"\\r\\n\\n<result>\\"\\r\\n") AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {most}'
        return endpoint.get("/sparql", {"query": query, "format": name})

    assert asked(2000).status == 200
    over = asked(2001)
    assert (over.status, "2000 rows" in over.text) == (400, True)


def test_others_are_served_while_some_do_their_worst(endpoint: Running) -> None:
    def read(number: int) -> list[int]:
        return [endpoint.query(f"SELECT ?o {{ <{EX}n{number}> <{EX}next> ?o }}").status for _ in range(15)]

    def attack(query: str) -> int:
        return endpoint.ask("POST", "/sparql", query, {"Content-Type": "application/sparql-query"}).status

    with ThreadPoolExecutor(40) as pool:
        attacks = [pool.submit(attack, query) for query, _ in HOSTILE.values()]
        reads = [pool.submit(read, number) for number in range(20)]
        assert [read.result() for read in reads] == [[200] * 15] * 20
        assert {attack.result() for attack in attacks} <= {200, 400, 503}
    assert all(endpoint.truth("ASK {}") for _ in range(12))
    soon(lambda: len(endpoint.workers()) == 6, "every place has its process again, and there are two to stand in")


def test_a_full_room_turns_the_next_away_at_once_and_says_when_to_come_again(documents: Path) -> None:
    room = Room(quick=1, long=1, waiting=4, patience=1.5)
    with within(Serving(str(documents), limits=Limits(seconds=3), room=room)) as running, ThreadPoolExecutor(30) as pool:
        answers = [each.result() for each in [pool.submit(running.query, CROSS) for _ in range(30)]]
        assert {answer.status for answer in answers} == {503}
        turned_away = [answer for answer in answers if "too many wait" in answer.text]
        assert len(turned_away) >= 18, "one quick, one long and four waiting have a place at a time"
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if "no answer in" not in answer.text)
        assert running.truth("ASK {}")


def test_a_query_that_nobody_waits_for_any_more_is_stopped(documents: Path) -> None:
    with started(documents, "--workers", "1", "--timeout", "600") as running:
        first = running.workers()
        callers = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(2)]
        for caller in callers:
            caller.sendall(f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        soon(lambda: busy(first) == 2)
        for caller in callers:
            caller.close()
        assert running.truth("ASK {}")
        soon(lambda: len(running.workers() & first) == 1, "two of the three were at work, and are replaced")
        assert running.logged(" 499 ", times=2)


def test_a_worker_that_is_killed_is_replaced(documents: Path) -> None:
    with started(documents, "--workers", "2", "--timeout", "60") as running, ThreadPoolExecutor(1) as pool:
        for worker in running.workers():
            os.kill(worker, signal.SIGKILL)
        assert all(running.truth("ASK {}") for _ in range(8)), "those that were idle are not missed"
        idle = running.workers()
        asked = pool.submit(running.query, CROSS)
        soon(lambda: busy(idle) == 1)
        for worker in running.workers():
            os.kill(worker, signal.SIGKILL)
        answer = asked.result()
        assert (answer.status, "stopped" in answer.text) == (503, True)
        assert tells_nothing_of_the_machine(answer, running)
        assert all(running.truth("ASK {}") for _ in range(8))
        soon(lambda: len(running.workers()) == 6)


def test_no_worker_outlives_a_server_that_was_killed(documents: Path) -> None:
    with started(documents, "--workers", "1", "--timeout", "600") as running:
        workers = running.workers()
        caller = socket.create_connection(("127.0.0.1", running.port))
        caller.sendall(f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        soon(lambda: busy(workers) == 1)
        running.process.kill()
        caller.close()
        try:
            soon(lambda: gone(workers))
        finally:
            for worker in workers:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)


def test_a_server_that_is_told_to_stop_finishes_what_it_can_and_ends_well(documents: Path) -> None:
    with started(documents, "--workers", "1", "--timeout", "600") as running, ThreadPoolExecutor(2) as pool:
        workers = running.workers()
        endless = pool.submit(lambda: _status(running, CROSS))
        short = pool.submit(lambda: _status(running, f"SELECT (COUNT(*) AS ?n) {{ ?a <{EX}next> ?b . ?c <{EX}next> ?d }}"))
        soon(lambda: busy(workers) >= 1)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) == 0
        assert not [line for line in running.said if "Traceback" in line or "Error" in line]
        assert endless.result() in (503, 0), "0 where the server ended before the request was there"
        assert short.result() in (200, 503, 0)
        soon(lambda: gone(workers))


def _status(running: Running, query: str) -> int:
    try:
        return running.query(query).status
    except OSError:
        return 0


def test_nothing_piles_up(endpoint: Running) -> None:
    def held() -> tuple[int, int]:
        return len(os.listdir(f"/proc/{endpoint.process.pid}/fd")), len(os.listdir(f"/proc/{endpoint.process.pid}/task"))

    def round() -> None:
        for query in ("ASK {}", "ASK { broken", HOSTILE["braces without end"][0], "SELECT * { ?s ?p ?o }"):
            endpoint.ask("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})

    round()
    before = held()
    for _ in range(5):
        round()
    after = held()
    assert after[0] <= before[0] + 4, "open files"
    assert after[1] <= before[1] + 8, "threads: they are started as they are needed, up to one for every place"
