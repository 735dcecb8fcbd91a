"""Places for queries, given out in the order they are asked for: a query begins in the quick lane and moves to the long one.

One that was found to be long begins in the long lane the next time, so that asking it again and again takes no place from the others.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from hashlib import blake2b

__all__ = ["Lane", "Memory", "Place"]

_TICK = 0.2


class Lane:
    """So many places, and a queue before them."""

    def __init__(self, places: int) -> None:
        """Have so many places."""
        self._free = places
        self._queue: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    def enter(self, patience: float, leaves: Callable[[], bool]) -> bool:
        """Take a place as soon as it is one's turn; False where patience ends before, or the one who waits leaves."""
        if self.enter_now():
            return True
        turn, until = threading.Event(), time.monotonic() + patience
        with self._lock:
            self._queue.append(turn)
        self._serve()
        while not turn.wait(_TICK):
            if leaves() or time.monotonic() > until:
                with self._lock:
                    if not turn.is_set():
                        self._queue.remove(turn)
                        return False
        return True

    def enter_now(self) -> bool:
        """Take a place where one is free and nobody waits for it."""
        with self._lock:
            if not self._free or self._queue:
                return False
            self._free -= 1
            return True

    def leave(self) -> None:
        """Give a place back."""
        with self._lock:
            self._free += 1
        self._serve()

    def _serve(self) -> None:
        """Give what is free to those who wait longest."""
        with self._lock:
            while self._free and self._queue:
                self._free -= 1
                self._queue.popleft().set()


class Place:
    """The place that a query takes up."""

    def __init__(self, lane: Lane, longer: Lane | None = None) -> None:
        """Be in a lane, whose place has been taken, and perhaps move to one for longer."""
        self._lane, self._longer = lane, longer

    @property
    def long(self) -> bool:
        """Whether there is no lane for longer."""
        return self._longer is None

    def become_long(self) -> bool:
        """Move to the lane for longer where it has room."""
        if self._longer is None or not self._longer.enter_now():
            return False
        self._lane.leave()
        self._lane, self._longer = self._longer, None
        return True

    def leave(self) -> None:
        """Give the place back."""
        self._lane.leave()


class Memory:
    """The queries that were found to be long lately."""

    def __init__(self, most: int) -> None:
        """Keep so many of them."""
        self._most = most
        self._known: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, query: str) -> bool:
        """Whether a query is known to be long."""
        return _digest(query) in self._known

    def note(self, query: str, *, long: bool) -> None:
        """Keep in mind, or forget, that a query is long."""
        key = _digest(query)
        with self._lock:
            self._known.pop(key, None)
            if long:
                self._known[key] = None
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def _digest(query: str) -> bytes:
    return blake2b(query.encode("utf-8", "surrogatepass"), digest_size=16).digest()
