"""Moments as they are written down: of one width and never changed by a store, so that texts sort as the times do."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, datetime, timedelta

__all__ = ["free", "now"]


def now() -> str:
    """Return the time as xsd:dateTime in UTC, to the millisecond: two runs of one second are two runs.

    >>> len(now()), now().endswith("Z")
    (24, True)
    """
    return _written(datetime.now(UTC))


def free(moment: str, taken: Container[str]) -> str:
    """Return the first moment from this one on that is not taken.

    >>> free("2026-03-04T10:00:00.5Z", taken=()), free("2026-03-04T10:00:00.009Z", taken={"2026-03-04T10:00:00.009Z"})
    ('2026-03-04T10:00:00.501Z', '2026-03-04T10:00:00.011Z')
    """
    at = datetime.fromisoformat(moment)
    while (written := _written(at)) in taken:
        at += timedelta(milliseconds=1)
    return written


def _written(moment: datetime) -> str:
    """No thousandth ends in a zero, which stores would drop: the text would be another, and sort elsewhere."""
    moment = moment.astimezone(UTC)
    thousandths = moment.microsecond // 1000
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{thousandths + (thousandths % 10 == 0):03}Z"
