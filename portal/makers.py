"""A few hands that make pages: who waits too long is told so, and what was being made is there for the next who asks."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, Final, TypeVar, cast

from elshi.portal.protocol import Refused

__all__ = ["Makers"]

T = TypeVar("T")
_AGAIN: Final = 5  # seconds after which another try may do better


class Makers:
    """Runs what asks the store in this process, where nothing can be stopped: in so many threads, for so many at a time, each for so long."""

    def __init__(self, *, patience: float, hands: int = 8, waiting: int = 64) -> None:
        """Let `hands` work at a time, `waiting` more wait their turn, and nobody wait longer than `patience` seconds."""
        self._patience, self._hands, self._waiting = patience, hands, waiting
        self._asked: queue.SimpleQueue[tuple[Hashable, Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self._making: dict[Hashable, Future[Any]] = {}
        self._threads = 0
        self._lock = threading.Lock()

    async def make(self, make: Callable[[], T], key: Hashable = None) -> T:
        """Return what `make` makes; who asks for the same key meanwhile gets the same. Raises Refused with 503 where it takes too long."""
        made = asyncio.wrap_future(self._begun(make, object() if key is None else key))
        made.add_done_callback(lambda done: done.cancelled() or done.exception())  # it may end when nobody waits any more
        try:
            return cast(T, await asyncio.wait_for(asyncio.shield(made), self._patience))
        except TimeoutError:
            sentence = f"this takes longer than {self._patience:g} s: it goes on being made, ask again in a while"
            raise Refused(503, sentence, retry_after=_AGAIN) from None

    def _begun(self, make: Callable[[], Any], key: Hashable) -> Future[Any]:
        with self._lock:
            if key in self._making:
                return self._making[key]
            if len(self._making) >= self._hands + self._waiting:
                raise Refused(503, "too many pages are being made just now: try again in a while", retry_after=_AGAIN)
            future: Future[Any] = Future()
            future.set_running_or_notify_cancel()  # from here on nobody can call it off
            self._making[key] = future
            self._asked.put((key, make, future))
            if self._threads < min(self._hands, len(self._making)):
                self._threads += 1
                threading.Thread(target=self._work, daemon=True).start()  # which keeps no server from ending
            return future

    def _work(self) -> None:
        while True:
            key, make, future = self._asked.get()
            made: Any = None
            fault: BaseException | None = None
            try:
                made = make()
            except BaseException as why:
                fault = why
            with self._lock:
                del self._making[key]
            if fault is None:
                future.set_result(made)
            else:
                future.set_exception(fault)
            del make, future, made, fault  # a thread that waits holds no page
