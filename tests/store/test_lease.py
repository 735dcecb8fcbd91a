"""One writer at a time on a server, whichever machine it is on and however the one before ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from elshi.cli import run
from elshi.store.base import StoreLocked, open_view, open_writer
from elshi.store.endpoint import WRITERS, endpoint_of
from elshi.store.lease import Lease
from elshi.store.remote import Server

G = "https://example.org/graph/1"
ROW = f'<https://example.org/a> <https://schema.org/name> "a" <{G}> .\n'
HELD = """
import sys
from elshi.store.base import open_writer
store = open_writer(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def lease(location: str, machine: Path | None = None) -> Lease:
    """A lease of a writer on some machine."""
    return Lease(Server(endpoint_of(location)), machine, pause=lambda _: None)


def claims(location: str) -> str:
    return Server(endpoint_of(location)).graph(WRITERS)


def test_a_second_writer_on_another_machine_is_refused_until_the_first_has_finished(on_virtuoso: str, tmp_path: Path) -> None:
    first = lease(on_virtuoso, tmp_path / "one")
    with pytest.raises(StoreLocked, match="being written by another process"):
        lease(on_virtuoso, tmp_path / "two")
    first.check()
    first.release()
    lease(on_virtuoso, tmp_path / "two").release()
    assert claims(on_virtuoso) == ""


def test_a_second_command_on_a_server_ends_with_status_six(
    on_virtuoso: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_writer(on_virtuoso) as store:
        store.replace(G, ROW)
        for data in ("data", "elsewhere"):
            monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / data))
            assert run(["ingest", str(tmp_path), "--store", on_virtuoso, "--jobs", "1"]) == 6
            said = capsys.readouterr().err
            assert "being written by another process" in said and said.count("\n") == 1
        with open_view(on_virtuoso) as view:
            assert list(view.graphs()) == [G], "readers are let in, and see no claim"
    assert run(["ingest", str(tmp_path), "--store", on_virtuoso, "--jobs", "1"]) != 6


def test_a_writer_that_was_killed_is_not_waited_for_on_its_own_machine(on_virtuoso: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", HELD, on_virtuoso], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "open\n"
    with pytest.raises(StoreLocked):
        open_writer(on_virtuoso)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert "urn:x-elshi:writer:" in claims(on_virtuoso)
    with open_writer(on_virtuoso) as store:
        store.replace(G, ROW)
    assert claims(on_virtuoso) == ""


def test_a_claim_that_is_not_renewed_runs_out_and_its_writer_is_told(
    on_virtuoso: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lease, "_renew", lambda _: None)  # it stands still
    stalled = Lease(Server(endpoint_of(on_virtuoso)), tmp_path / "one", holds=0.0)
    time.sleep(0.05)
    second = lease(on_virtuoso, tmp_path / "two")
    with pytest.raises(StoreLocked, match="stood still"):
        stalled.check()
    second.check()
    second.release()
    assert claims(on_virtuoso) == ""


def test_a_claim_is_renewed_while_its_writer_lives(on_virtuoso: str, tmp_path: Path) -> None:
    one = lease(on_virtuoso, tmp_path)
    before = claims(on_virtuoso)
    one._prolong()
    after = claims(on_virtuoso)
    assert after != before and after.count("urn:x-elshi:until") == 1
    one.check()
    one.release()


class Bystander(Server):
    """A server on which another writer states its claim at the very moment that ours is stated, and may step back."""

    def __init__(self, location: str, other: str, *, steps_back: bool) -> None:
        super().__init__(endpoint_of(location))
        self._other, self._steps_back = other, steps_back

    def post(self, name: str | None, triples: list[str]) -> None:
        super().post(name, triples)
        if self._other:
            super().post(name, [f'<urn:x-elshi:writer:{self._other}> <urn:x-elshi:until> "2999-01-01T00:00:00+00:00" .'])

    def leave(self, _: float) -> None:
        if self._steps_back:
            self.drop(WRITERS)
        self._other = ""


@pytest.mark.parametrize(("other", "steps_back", "stays"), [("~", True, True), ("~", False, False), ("!", False, False)])
def test_of_two_that_begin_at_once_at_most_one_goes_on(on_virtuoso: str, tmp_path: Path, other: str, steps_back: bool, stays: bool) -> None:
    server = Bystander(on_virtuoso, other, steps_back=steps_back)
    if stays:
        Lease(server, tmp_path, pause=server.leave).release()
    else:
        with pytest.raises(StoreLocked):
            Lease(server, tmp_path, pause=server.leave)
        assert f"writer:{other}>" in claims(on_virtuoso) and claims(on_virtuoso).count("\n") == 1, "ours is taken back"
