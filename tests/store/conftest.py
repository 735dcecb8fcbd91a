"""A real server to keep stores on: Virtuoso 7 of Debian's packages, started on loopback in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CONFIGURATION = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 7000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {rows}
"""
#: Rows after which this server cuts answers: more than a test needs but for the one that asks for more.
ROWS = 12_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a store on a Virtuoso that runs as long as the tests."""
    program = shutil.which("virtuoso-t")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("virtuoso-t is missing: .ci/run installs virtuoso-opensource-7-bin")
        pytest.skip("virtuoso-t is not installed: apt install virtuoso-opensource-7-bin")
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(sql=free_port(), http=port, rows=ROWS), encoding="utf-8")
    server = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server, folder)
        yield f"sparql+http://127.0.0.1:{port}/?server=virtuoso&timeout=600"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            pytest.fail(f"virtuoso ended: {(folder / 'virtuoso.log').read_text(errors='replace')[-500:]}")
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("virtuoso did not start in a minute")


@pytest.fixture
def on_virtuoso(virtuoso: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The same, empty, with the user that Debian's packages know, and nothing written to the user's own folders."""
    from elshi.store.endpoint import endpoint_of
    from elshi.store.graphstore import RemoteStores
    from elshi.store.remote import Server

    monkeypatch.setenv("ELSHI_STORE_USER", "dba")
    monkeypatch.setenv("ELSHI_STORE_PASSWORD", "dba")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    server = Server(endpoint_of(virtuoso))
    for graph in (*RemoteStores.view(virtuoso).graphs(), "urn:x-elshi:merged", "urn:x-elshi:changing", "urn:x-elshi:writers"):
        server.drop(graph)
    return virtuoso
