"""Worker processes that answer queries and can be killed: quick queries get through however many long ones there are."""

from __future__ import annotations

import logging
import queue
import signal
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from elshi.portal.answer import Limits, Reply, Task
from elshi.portal.lanes import Lane, Memory, Place
from elshi.portal.protocol import Refused
from elshi.portal.worker import Worker

__all__ = ["GaveUp", "Pool", "Room"]

_LOG: Final = logging.getLogger("elshi.serve")
#: Seconds after which a query counts as long, and has to make way when nobody can wait for it.
LONG: Final = 1.0
#: The same where others wait already.
HURRIED: Final = 0.3
_TICK: Final = 0.05
#: How a process ends that a query was too much for: Rust aborts without memory, and a query nested too deep overruns the stack.
_OVERRUN: Final = frozenset({-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGILL, -getattr(signal, "SIGBUS", 0)})


class GaveUp(Exception):
    """The client has gone, so that nobody waits for the answer."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many queries there is room for at a time."""

    quick: int = 2  # in their first second
    long: int = 2  # after it
    waiting: int = 128
    patience: float = 10.0  # seconds to wait for a place

    @property
    def most(self) -> int:
        """How many there may be altogether; one more is turned away at once."""
        return self.quick + self.long + self.waiting


class Pool:
    """Answers tasks in its processes; every method may be called from any thread."""

    def __init__(self, limits: Limits = Limits(), room: Room = Room()) -> None:
        """Start the processes: one for every place, and as many that are ready to stand in as there are quick ones."""
        self.limits, self.room = limits, room
        self._quick, self._long = Lane(room.quick), Lane(room.long)
        self._found_long = Memory(1000)
        self._threads = ThreadPoolExecutor(room.most, "elshi-asks")
        self._renewing = ThreadPoolExecutor(1, "elshi-renews")
        self._lock = threading.Lock()
        self._present = 0
        self._workers: set[Worker] = set()
        self._idle: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()  # None: one that could not be started
        self._closed = False
        self._processes = 2 * room.quick + room.long
        for _ in range(self._processes):
            self._start()

    def submit(self, task: Task, given_up: threading.Event | None = None) -> Future[Reply]:
        """Begin to answer a task; raises Refused with 503 where there is no room for one more.

        The answer raises Refused too: with 503 when no place or no time is left, with 400 when the query is too much for a
        process; and GaveUp once `given_up` is set.
        """
        with self._lock:
            if self._closed or self._present >= self.room.most:
                raise _busy("too many wait already: try again")
            self._present += 1
        try:
            future = self._threads.submit(self._ask, task, given_up or threading.Event())
        except BaseException:
            self._left(None)
            raise
        future.add_done_callback(self._left)
        return future

    def ask(self, task: Task) -> Reply:
        """Answer a task."""
        return self.submit(task).result()

    def close(self) -> None:
        """End every process; what is being asked is refused. Again is nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for worker in self._workers:
                worker.kill()
        with suppress(queue.Empty):
            while True:
                idle = self._idle.get_nowait()
                if idle is not None:
                    idle.end()
        self._idle.put(None)
        self._renewing.shutdown(wait=False)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _left(self, _: Future[Reply] | None) -> None:
        with self._lock:
            self._present -= 1

    def _ask(self, task: Task, given_up: threading.Event) -> Reply:
        place = self._enter(task, given_up)
        try:
            worker = self._handed(task)
            if place.long:
                worker.yield_to_others()
            kept = False  # a process that was given up, or has stepped back behind others, is not used again
            try:
                self._attend(task, worker, place, given_up)
                reply = worker.reply()
                kept = reply is not None and not place.long
            finally:
                if kept:
                    self._idle.put(worker)
                else:
                    worker.kill()
                    self._renew(worker)
        finally:
            place.leave()
        if reply is None:
            raise self._died(worker.ended)
        return reply

    def _enter(self, task: Task, given_up: threading.Event) -> Place:
        """Wait for a place."""
        long = task.query in self._found_long
        lane = self._long if long else self._quick
        if not lane.enter(self.room.patience, lambda: self._closed or given_up.is_set()):
            if given_up.is_set():
                raise GaveUp
            raise _busy()
        return Place(lane, None if long else self._long)

    def _handed(self, task: Task) -> Worker:
        """Give a task to a process, and return it; one that died while it was idle is replaced."""
        for _ in range(self._processes + 1):
            worker = self._idle.get()  # there are more processes than places: one is there, or about to be
            try:
                if worker is not None:
                    worker.ask(task)
                    return worker
            except OSError:
                _LOG.warning("a worker had ended while it was idle")
            self._replace(worker)
            if self._closed:
                break
        raise Refused(503, "the query could not be handed on: try again", retry_after=1)

    def _attend(self, task: Task, worker: Worker, place: Place, given_up: threading.Event) -> None:
        """Wait for an answer; raises Refused or GaveUp when it has to be given up."""
        began = time.monotonic()
        try:
            while not worker.ready(_TICK):
                took = time.monotonic() - began
                if given_up.is_set():
                    raise GaveUp
                if took > self.limits.seconds:
                    raise Refused(503, f"no answer in {self.limits.seconds:g} s: narrow the query")
                if not place.long and took > self._share():
                    self._step_back(worker, place)
        finally:
            self._found_long.note(task.query, long=time.monotonic() - began > self._share())

    def _share(self) -> float:
        """Seconds that a query is quick for."""
        return HURRIED if self._quick.waiting else LONG

    def _step_back(self, worker: Worker, place: Place) -> None:
        """Let a query that takes long make way for others; raises Refused where it has no place then."""
        if place.become_long():
            worker.yield_to_others()
        elif self._quick.waiting:
            raise _busy("the server has no room for another long query: narrow it, or try again")

    def _died(self, exitcode: int | None) -> Refused:
        if self._closed:
            return Refused(503, "the server is stopping: try again later", retry_after=5)
        if exitcode in _OVERRUN:
            return Refused(
                400, f"the query is nested too deep, or needs more than {self.limits.memory >> 20} MB of memory: ask for less at a time"
            )
        _LOG.warning("a worker was ended from outside, with status %s", exitcode)
        return Refused(503, "the query was stopped before it was answered: try again", retry_after=5)

    def _start(self) -> None:
        worker = None
        try:
            worker = Worker(self.limits)
        except OSError as fault:  # no process or no memory to be had: tried again when it is needed
            _LOG.warning("no worker could be started: %s", fault)
        with self._lock:
            if worker is not None and not self._closed:
                self._workers.add(worker)
                self._idle.put(worker)
                return
        self._idle.put(None)
        if worker is not None:
            worker.end()

    def _renew(self, worker: Worker) -> None:
        """Replace a process, in a thread that has nothing else to do: whoever waits for its place need not wait for that."""
        try:
            self._renewing.submit(self._replace, worker)
        except RuntimeError:  # the pool has been closed
            self._replace(worker)

    def _replace(self, worker: Worker | None) -> None:
        if worker is not None:
            with self._lock:
                self._workers.discard(worker)
            worker.end()
        self._start()


def _busy(sentence: str = "the server is busy: try again") -> Refused:
    return Refused(503, sentence, retry_after=5)
