"""Worker processes that answer queries and can be killed: quick queries get through however many long ones there are."""

from __future__ import annotations

import os
import queue
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final

from elshi.portal.answer import Limits, Reply, Task, work
from elshi.portal.protocol import Refused

__all__ = ["Pool", "Room"]

#: Seconds after which a query counts as long, and has to make way when nobody can wait for it.
LONG: Final = 1.0
_TICK: Final = 0.05


@dataclass(frozen=True, slots=True)
class Room:
    """How many queries there is room for at a time."""

    quick: int = 2  # in their first second
    long: int = 2  # after it
    waiting: int = 64
    patience: float = 5.0  # seconds to wait for a place


class _Worker:
    """A process with a pipe to it."""

    def __init__(self, limits: Limits) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, limits), daemon=True, name="elshi-worker")
        self._process.start()
        theirs.close()

    def ask(self, task: Task) -> None:
        self._pipe.send(task)

    def ready(self, seconds: float) -> bool:
        """Whether there is an answer, or none will ever come."""
        return self._pipe.poll(seconds)

    def reply(self) -> Reply | None:
        """The answer; None where the process died over it."""
        try:
            reply = self._pipe.recv()
        except (EOFError, OSError):
            return None
        assert isinstance(reply, Reply)
        return reply

    def yield_to_others(self) -> None:
        """Let quick queries have the processor first, from now on."""
        with suppress(OSError, AttributeError):  # a system without priorities
            os.setpriority(os.PRIO_PROCESS, self._process.pid or 0, 10)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._process.close()


class _Place:
    """The place that a query takes up: in the quick lane at first."""

    def __init__(self, quick: threading.Semaphore, long: threading.Semaphore) -> None:
        self._lane, self._next = quick, long
        self.long = False

    def become_long(self) -> bool:
        """Move to the long lane where it has room."""
        if not self._next.acquire(blocking=False):
            return False
        self._lane.release()
        self._lane, self.long = self._next, True
        return True

    def leave(self) -> None:
        self._lane.release()


class Pool:
    """Answers tasks in its processes; every method may be called from any thread."""

    def __init__(self, limits: Limits = Limits(), room: Room = Room()) -> None:
        """Start the processes."""
        self.limits, self.room = limits, room
        self._quick, self._long = threading.Semaphore(room.quick), threading.Semaphore(room.long)
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0
        self._workers: set[_Worker] = set()
        self._closed = False
        for _ in range(room.quick + room.long):
            self._start()

    def ask(self, task: Task) -> Reply:
        """Answer a task; raises Refused with 503 when there is no room or no time, 400 when memory does not suffice."""
        place = self._enter()
        worker = self._idle.get()  # there are as many processes as there is room in both lanes
        spent = True  # a process that was given up, or has stepped back behind others, is not used again
        try:
            worker.ask(task)
            self._attend(worker, place)
            reply = worker.reply()
            spent = reply is None or place.long
        except OSError:
            raise Refused(503, "the query could not be handed on: try again", retry_after=1) from None
        finally:
            if spent:
                self._replace(worker)
            else:
                self._idle.put(worker)
            place.leave()
        if reply is None:
            raise Refused(400, f"the query needs more than {self.limits.memory >> 20} MB of memory: ask for less at a time")
        return reply

    def close(self) -> None:
        """End every process."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, set()
        for worker in workers:
            worker.end()

    def _enter(self) -> _Place:
        with self._lock:
            if self._waiting >= self.room.waiting:
                raise _busy()
            self._waiting += 1
        try:
            if not self._quick.acquire(timeout=self.room.patience):
                raise _busy()
        finally:
            with self._lock:
                self._waiting -= 1
        return _Place(self._quick, self._long)

    def _attend(self, worker: _Worker, place: _Place) -> None:
        """Wait for an answer; raises Refused when it has to be given up."""
        began = time.monotonic()
        while not worker.ready(_TICK):
            took = time.monotonic() - began
            if took > self.limits.seconds:
                raise Refused(503, f"no answer in {self.limits.seconds:g} s: narrow the query")
            if took > LONG and not place.long:
                if place.become_long():
                    worker.yield_to_others()
                elif self._waiting:
                    raise _busy("the server has no room for another long query: narrow it, or try again")

    def _start(self) -> None:
        worker = _Worker(self.limits)
        with self._lock:
            if not self._closed:
                self._workers.add(worker)
                self._idle.put(worker)
                return
        worker.end()

    def _replace(self, worker: _Worker) -> None:
        with self._lock:
            ours = worker in self._workers
            self._workers.discard(worker)
        if ours:
            worker.end()
            self._start()


def _busy(sentence: str = "the server is busy: try again") -> Refused:
    return Refused(503, sentence, retry_after=5)

