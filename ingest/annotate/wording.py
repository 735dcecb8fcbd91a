"""One pattern of a lexicon: which letters a text must hold for it, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

__all__ = ["OPENING", "Wording", "is_letter"]

#: Letters by which it is told whether a later word stands anywhere in a text.
OPENING: Final = 5
#: Between two words of a pattern: blanks and quotes, on one line.
_BETWEEN: Final = r"[ \t\u00a0«»\"“”„]+"
#: What `*` stands for: the rest of a word, a hyphenated suffix included.
_REST: Final = r"[\w’'-]*"
_GAP: Final = r"(?:[^\w\n.;:!?]+[\w’'-]+){{0,{n}}}?[^\w\n.;:!?]+"
_PIECE: Final = re.compile(r"(?:\([^()]*\)|[^\s()])+")
_BLANK: Final = re.compile(_BETWEEN)
_ENDING: Final = re.compile(_REST)
#: A word of a pattern without choices: its letters, and whether it may end in any way.
_PLAIN_WORD: Final = re.compile(r"(?!\.\.)([^()|*]+)(\*?)")


class Wording:
    """A pattern of a row. What is only words is matched word by word, anything else compiled once it may match: a release meets few of thousands."""

    __slots__ = ("_compiled", "_later", "_openings", "_text", "_words", "literals", "place", "row")

    def __init__(self, text: str, row: Mapping[str, str], place: int) -> None:
        pieces = _pieces(text)
        self._text, self.literals, self.row, self.place = text, _literals(pieces[0]), row, place
        self._words = tuple(_PLAIN_WORD.fullmatch(piece) for piece in pieces)
        later = max(map(_needed, pieces[1:]), key=lambda literals: min(map(len, literals)), default=("",))
        self._later = later if all(letters and is_letter(letters[0]) for letters in later) else ()
        self._openings = tuple(letters[:OPENING] for letters in self._later)
        self._compiled: re.Pattern[str] | None = None

    def later(self, openings: frozenset[str]) -> Sequence[str] | None:
        """Of the letters with which a later word must begin those that some in a text do; None where none does."""
        if openings.isdisjoint(self._openings):
            return None if self._later else ()
        return [letters for letters, opening in zip(self._later, self._openings, strict=True) if opening in openings]

    def may_match(self, text: str, start: int, stop: int, later: Sequence[str] | None = None) -> bool:
        """Does a stretch hold the letters without which the pattern cannot match at its beginning?"""
        if not text.startswith(self.literals, start, stop):
            return False
        for letters in self._later if later is None else later:
            if text.find(letters, start, stop) >= 0:
                return True
        return not self._later

    def end(self, text: str, start: int, stop: int) -> int:
        """Where the pattern ends that begins at an offset behind no letter; the offset itself where it does not match."""
        if None not in self._words:
            return self._plain_end(text, start, stop)
        if not self.may_match(text, start, stop):
            return start
        if self._compiled is None:
            self._compiled = re.compile(_regex(self._text))
        match = self._compiled.match(text, start, stop)
        return match.end() if match else start

    def _plain_end(self, text: str, start: int, stop: int) -> int:
        at = start
        for n, word in enumerate(self._words):
            if n:
                gap = _BLANK.match(text, at, stop)
                if gap is None:
                    return start
                at = gap.end()
            letters, star = word.groups()  # type: ignore[union-attr]
            if not text.startswith(letters, at, stop):
                return start
            at += len(letters)
            if star:
                at = _ENDING.match(text, at, stop).end()  # type: ignore[union-attr]
        return start if at < stop and is_letter(text[at]) else at


@cache
def _regex(pattern: str) -> str:
    out, after_gap = [r"(?<!\w)"], True
    for word in _pieces(pattern):
        if word.startswith(".."):
            out.append(_GAP.format(n=int(word[2:] or 3)))
            after_gap = True
            continue
        out.append(("" if after_gap else _BETWEEN) + _word(word))
        after_gap = False
    return "".join(out) + r"(?!\w)"


def _pieces(pattern: str) -> list[str]:
    """The words of a pattern; a choice in brackets is one, with whatever blanks it holds."""
    return _PIECE.findall(pattern)


def _word(word: str) -> str:
    special = {"*": _REST, " ": _BETWEEN} | {c: c for c in "()|"}
    escaped = "".join(special.get(c) or re.escape(c) for c in word)
    return re.sub(r"\((?!\?)", "(?:", escaped if "(" in word or "|" not in word else f"({escaped})")


def _literals(word: str) -> tuple[str, ...]:
    """What a text must begin with, one of these, for a first word to match."""
    group = re.match(r"\(([^()]*)\)", word)
    choices = group[1].split("|") if group else [word] if "(" in word else word.split("|")
    return tuple({re.split(r"[*(| ]", choice)[0] for choice in choices})


def _needed(word: str) -> tuple[str, ...]:
    """What a text must hold, one of these, for a later word to match."""
    return ("",) if word.startswith("..") else _literals(word)


def is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
