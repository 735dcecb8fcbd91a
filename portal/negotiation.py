"""Which of the forms on offer a client wants most: `Accept` with its q-values, as RFC 9110 reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["choose", "preferred_language"]

_QUALITY: Final = re.compile(r"q=([01](?:\.\d{0,3})?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Range:
    """One element of an Accept header."""

    name: str  # lower case: a media type, `text/*`, `*/*`, or a language
    quality: float


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type on offer that is wanted most, the first of equals; None where none is acceptable.

    >>> choose("text/turtle;q=0.5, application/*", ["text/turtle", "application/n-triples"])
    'application/n-triples'
    >>> choose("image/png", ["text/turtle"]) is None, choose(None, ["text/turtle"])
    (True, 'text/turtle')
    """
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda media_type: _quality(media_type, ranges))
    return best if _quality(best, ranges) > 0 else None


def preferred_language(accept: str | None, offered: Sequence[str]) -> str:
    """Return the language on offer that is wanted most, the first where none is.

    >>> preferred_language("de, ru-RU;q=0.8, en;q=0.3", ["kk", "ru", "en"])
    'ru'
    """
    wanted = sorted(_ranges(accept), key=lambda each: -each.quality)
    return next((each.name[:2] for each in wanted if each.name[:2] in offered and each.quality > 0), offered[0])


def _ranges(header: str | None) -> list[_Range]:
    return [found for part in (header or "").split(",") if (found := _range(part)).name]


def _range(part: str) -> _Range:
    name, *parameters = (each.strip() for each in part.split(";"))
    found = next((match for each in parameters if (match := _QUALITY.fullmatch(each))), None)
    return _Range(name.lower(), min(float(found[1]), 1.0) if found else 1.0)


def _quality(media_type: str, ranges: Iterable[_Range]) -> float:
    """The quality of the most specific range that a media type falls in."""
    kind = media_type.partition("/")[0]
    by_name = {each.name: each.quality for each in ranges}
    return next((by_name[name] for name in (media_type, f"{kind}/*", "*/*") if name in by_name), 0.0)
