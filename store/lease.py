"""One writer at a time on a server, which has no lock of its own: each states its claim there, and writes only where it stands alone.

Whoever wants to write states a claim and then reads all claims. Of two that do so at once, the one that reads last sees the
other's, whatever the server does in between, so that never both go on; of two that see each other, the lesser name stays.
A claim holds for a while by the server's own clock and is renewed while its writer lives.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from elshi.store.base import StoreError, StoreLocked
from elshi.store.endpoint import WRITERS
from elshi.store.files import write_whole, written
from elshi.store.remote import Server
from elshi.store.results import rows_of

__all__ = ["Lease"]

#: Seconds for which a claim holds; a writer that was killed on another machine is waited for so long.
HOLDS: Final = 120.0
_RENEWED: Final = 4  # times in the time it holds
_PATIENCE: Final = 10  # looks at whether others step back
_CLAIM: Final = "urn:x-elshi:writer:"
_UNTIL: Final = "urn:x-elshi:until"
_CLAIMS: Final = f"SELECT ?claim ?until (NOW() AS ?now) WHERE {{ OPTIONAL {{ GRAPH <{WRITERS}> {{ ?claim <{_UNTIL}> ?until }} }} }}"
_MARK: Final = "writer"  # the file that names this machine's last writer


class Lease:
    """The right to write to a server, held until it is released or this process ends."""

    def __init__(self, server: Server, folder: Path | None, *, holds: float = HOLDS, pause: Callable[[float], object] = time.sleep) -> None:
        """Take it; raises StoreLocked while another writer has it. `folder` is where this machine keeps what belongs to the store."""
        self._server, self._holds, self._pause = server, holds, pause
        self._claim = f"{_CLAIM}{secrets.token_hex(8)}"
        self._ended = threading.Event()
        self._lost = False
        self._renewing = threading.Lock()
        self._alone = _Alone(folder, server.endpoint.name)
        try:
            self._take(self._alone.dead)
            self._alone.note(self._claim)
        except BaseException:
            self._alone.close()
            raise
        self._renewed = _passed()
        threading.Thread(target=self._renew, daemon=True).start()

    def check(self) -> None:
        """Raise StoreLocked where the right was lost: this process stood still for longer than its claim holds, and another one came."""
        if _passed() - self._renewed > self._holds:
            self._prolong()
        if self._lost:
            raise StoreLocked(
                f"{self._server.endpoint.name} is being written by another process, which began while this one stood still: run again"
            )

    def release(self) -> None:
        """Give the right up; a server that is gone forgets the claim by itself."""
        if not self._ended.is_set():
            self._ended.set()
            with self._renewing, suppress(StoreError):
                self._withdraw(self._claim)
            self._server.close()
            self._alone.close()

    def _take(self, dead: str) -> None:
        now, others = self._claims()
        for claim, until in others.items():
            if claim == dead or until < now:
                self._withdraw(claim)
        live = {claim: until for claim, until in others.items() if claim != dead and until >= now}
        if live:
            raise self._locked(live, now)
        self._server.post(WRITERS, [self._line(now)])
        for _ in range(_PATIENCE):
            now, others = self._claims()
            live = {claim: until for claim, until in others.items() if claim not in (self._claim, dead) and until >= now}
            if not live:
                return
            if min(live) < self._claim:
                break
            self._pause(0.5)
        self._withdraw(self._claim)
        raise self._locked(live, now)

    def _locked(self, live: Mapping[str, datetime], now: datetime) -> StoreLocked:
        wait = (max(live.values()) - now).total_seconds()
        return StoreLocked(
            f"{self._server.endpoint.name} is being written by another process: try again when it has finished; "
            f"if it was killed, in {max(1, round(wait))} s"
        )

    def _claims(self) -> tuple[datetime, dict[str, datetime]]:
        """The time by the server's clock, and until when each writer claims the right."""
        now: datetime | None = None
        claims: dict[str, datetime] = {}
        for claim, until, clock in rows_of(self._server.ask(_CLAIMS, merged=False)).rows:
            now = now or (_moment(clock.value) if clock else None)
            if claim and until and claim.value.startswith(_CLAIM):
                claims[claim.value] = max(_moment(until.value), claims.get(claim.value, _moment(until.value)))
        return now or datetime.now(UTC), claims

    def _line(self, now: datetime) -> str:
        return f'<{self._claim}> <{_UNTIL}> "{(now + timedelta(seconds=self._holds)).isoformat()}" .'

    def _withdraw(self, claim: str) -> None:
        self._server.update(f"DELETE WHERE {{ GRAPH <{WRITERS}> {{ <{claim}> ?p ?o }} }}")

    def _renew(self) -> None:
        while not self._ended.wait(self._holds / _RENEWED):
            with suppress(StoreError):  # the next try may reach the server
                self._prolong()

    def _prolong(self) -> None:
        """Claim for longer; the right is lost where the claim is gone, or where another one stands beside it."""
        with self._renewing:
            if self._lost or self._ended.is_set():
                return
            began = _passed()
            now, claims = self._claims()
            if self._claim in claims:
                self._server.post(WRITERS, [self._line(now)])
                self._server.update(
                    f'DELETE DATA {{ GRAPH <{WRITERS}> {{ <{self._claim}> <{_UNTIL}> "{claims[self._claim].isoformat()}" }} }}'
                )
                now, claims = self._claims()
            self._lost = self._claim not in claims or any(until >= now for claim, until in claims.items() if claim != self._claim)
            self._renewed = began
            if self._lost:
                self._withdraw(self._claim)


class _Alone:
    """One writer at a time on this machine: known at once, whatever ended the one before."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self.dead = ""  # the claim of a writer of this machine that has ended without a word
        self._file: int | None = None
        if folder is None:
            return
        with written(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder / f"{_MARK}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._note = folder / _MARK
        try:
            _locked(self._file)
        except OSError as fault:
            self.close()
            raise StoreLocked(f"{name} is being written by another process: try again when it has finished") from fault
        with suppress(OSError):
            self.dead = self._note.read_text(encoding="utf-8").strip()

    def note(self, claim: str) -> None:
        if self._file is not None:
            with written(self._note.parent):
                write_whole(self._note, claim)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
        self._file = None


def _locked(file: int) -> None:
    """Lock a file for as long as it is open; raises OSError while another process has it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _passed() -> float:
    """Seconds that have passed, those in which the machine slept too."""
    return max(time.monotonic() - _BEGAN[0], time.time() - _BEGAN[1])


_BEGAN: Final = (time.monotonic(), time.time())
