"""Places for queries, given out in the order they are asked for: a query begins in the quick lane and moves to the long one."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

__all__ = ["Lane", "Place"]

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

    def __init__(self, quick: Lane, long: Lane) -> None:
        """Be in the quick lane, whose place has been taken."""
        self._lane, self._next = quick, long
        self.long = False

    def become_long(self) -> bool:
        """Move to the long lane where it has room."""
        if not self._next.enter_now():
            return False
        self._lane.leave()
        self._lane, self.long = self._next, True
        return True

    def leave(self) -> None:
        """Give the place back."""
        self._lane.leave()
