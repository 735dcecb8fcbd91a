"""When a host may be asked again: a pause between requests, longer where it asks for one, none at all once it is down."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from elshi.ingest.web.errors import Unreachable

__all__ = ["Pace", "seconds_to_wait"]

#: The longest pause between two requests that a robots.txt is granted.
_SLOWEST: Final = 60.0
#: Pages of a host that could not be reached, one after the other, after which no more are tried.
_DOWN: Final = 3


class Pace:
    """Spaces out the requests to each host."""

    def __init__(
        self, gap: float, *, patience: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        """Leave `gap` seconds between two requests to a host; a host that wants more than `patience` seconds is not waited for."""
        self._gap, self._patience, self._clock, self._sleep = gap, patience, clock, sleep
        self._ready: dict[str, float] = {}  # when a host may be asked again
        self._gaps: defaultdict[str, float] = defaultdict(lambda: gap)
        self._faults: Counter[str] = Counter()

    def turn(self, host: str) -> None:
        """Wait until a host may be asked; raises Unreachable when it is down or wants to be left alone for too long."""
        if self._faults[host] >= _DOWN:
            raise Unreachable(f"{host} did not answer {_DOWN} times in a row: left alone for this run", found=False)
        wait = self._ready.get(host, 0.0) - self._clock()
        if wait > self._patience:
            raise Unreachable(f"{host} asks to be left alone for another {wait:.0f} s: try again then", found=False)
        if wait > 0:
            self._sleep(wait)
        self._ready[host] = self._clock() + self._gaps[host]

    def slow(self, host: str, gap: float) -> None:
        """Leave more time between two requests to a host, as its robots.txt asks."""
        self._gaps[host] = max(self._gap, min(gap, _SLOWEST))

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while."""
        self._ready[host] = max(self._ready.get(host, 0.0), self._clock() + seconds)

    def note(self, host: str, *, answered: bool) -> None:
        """Note whether a host could be reached."""
        self._faults[host] = 0 if answered else self._faults[host] + 1


def seconds_to_wait(retry_after: str | None, now: datetime | None = None) -> float | None:
    """Return what a Retry-After header asks for: seconds, or the time until a date; None where it says nothing.

    >>> seconds_to_wait("120"), seconds_to_wait("soon")
    (120.0, None)
    >>> seconds_to_wait("Wed, 04 Mar 2026 10:00:30 GMT", datetime(2026, 3, 4, 10, 0, tzinfo=UTC))
    30.0
    """
    if retry_after is None:
        return None
    if re.fullmatch(r"\s*\d+\s*", retry_after):
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - (now or datetime.now(UTC))).total_seconds())
