"""Where an English person's name begins and ends among the capitals around it: titles, what an office deals with, middle names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.capitals import closing_words, is_capitalised, stops
from elshi.ingest.annotate.dictionaries import is_english_word
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.evidence import Run, courtesy_words, trades
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.languages.given import family_first, is_given

__all__ = [
    "are_ordinary",
    "before_person",
    "closes_body",
    "goes_on_behind_initials",
    "names_no_person",
    "names_what_office_is_of",
    "trimmed_english",
]

_OFFICIAL: Final = frozenset({"GovernmentBody", "InternationalOrganization", "Parliament"})
#: Words that lead from an office to what it is of.
_OF: Final = frozenset({"of", "the", "for", "at"})
_OFFICE_OF: Final = re.compile(r" (?:of|at) (?:the )?")
#: What only bodies have: `Bosch Rexroth | 's sales director`.
_HAS_OFFICERS: Final = re.compile(r"['’]s (?:[a-z-]+ ){0,2}(?:director|chair\w*|president|ceo|manager|head|rector|dean|chief executive)\b")
#: Letters of the longest of these with the blanks around it.
_LEAD: Final = 9


def trimmed_english(document: Document, run: Run, ends: set[int]) -> Run:
    """A run without what opens it and is no name: `When Aibek …`, `Minister of Welfare | Ilze Ozola`, `Baroness | Helen …`."""
    start, end = run
    doc = document.doc
    subject = [i for i in range(start, end - 2) if doc[i].lower_ in closing_words("en")]
    start = subject[-1] + 1 if subject else start
    if end - start > 2 and kind_of_name(doc[start].text, "en") in _OFFICIAL and not is_given(doc[start].text, "en"):
        start += 1
    title = max((h.end for h in trades("en").at(document.folded, doc[start].idx, doc[end - 1].idx)), default=0)
    start = max(start, next((i for i in range(start, end - 1) if doc[i].idx >= title > doc[start].idx), start))
    if start and doc[start - 1].lower_ in _OF and not is_given(doc[start].text, "en"):
        start = next((i for i in range(start + 1, end - 1) if is_given(doc[i].text, "en")), start)
        while end - start > 2 and is_english_word(doc[start].text) and not is_given(doc[start].text, "en"):
            start += 1
    family = next((i for i in range(start + 1, end - 1) if i == end - 2 and family_first(doc[i].text) and "-" in doc[i + 1].text), start)
    start = family
    while end - start > 1 and (fold(doc[start].text) in stops("en") or end - start > 2 and _is_title(doc[start].text)):
        start += 1
    return start, end


def _is_title(word: str) -> bool:
    """Is a word a courtesy or a rank before a name: `Baroness`, `Rev.`, `Gen`?"""
    plain = fold(word).rstrip(".'’")
    return any(hit.end == len(plain) for hit in courtesy_words("en")[0].at(plain, 0, len(plain)))


def names_what_office_is_of(document: Document, start: int, ends: set[int]) -> bool:
    """Do English capitals right behind an office and `of` name what it is of, and nobody: `Vice President of | Baker Hughes`?"""
    return document.lang == "en" and any(_OFFICE_OF.fullmatch(document.folded[end:start]) for end in ends if start - _LEAD <= end < start)


def closes_body(first: str, last: str) -> bool:
    """Does a word end the names of bodies or prizes and no person's: `Agency`, `Prize`?"""
    return fold(last) in closing_words("en") or not is_given(first, "en") and kind_of_name(last, "en") in _OFFICIAL


def are_ordinary(words: Iterable[Token]) -> bool:
    """Are capitalised words all of the dictionary and none a given name: `High-Level Panel`?"""
    return not any(is_given(t.text, "en") or not all(map(is_english_word, t.text.split("-"))) for t in words)


def goes_on_behind_initials(document: Document, last: int) -> int:
    """Where a name with initials ends that has a middle name: `J. Robert | Whitcomb`."""
    doc = document.doc
    end = last + 1
    if end < len(doc) and not doc[end].is_sent_start and is_given(doc[last].text, "en"):
        after = doc[end]
        gap = document.text[doc[last].idx + len(doc[last].text) : after.idx]
        if gap == " " and is_capitalised(after) and after.is_alpha and not after.is_upper and not is_english_word(after.text):
            last = end
    return int(doc[last].idx + len(doc[last].text))


def names_no_person(document: Document, guess: Span) -> bool:
    """Is what the model takes for an English person none: `Boxing Federation`, `Swan Lake`, `Vice President of | Baker Hughes`?"""
    if document.lang != "en" or guess.kind != "Person":
        return False
    words = document.tokens(guess.start, guess.end)
    if all(_is_title(t.text) or any(trades("en").at(t.lower_, 0, len(t.text))) for t in words):
        return True
    if any(is_given(t.text, "en") for t in words[:2]):
        return False
    if _HAS_OFFICERS.match(document.folded, guess.end):
        return True
    return words[-1].lower_ in closing_words("en") or len(words) > 1 and all(is_english_word(t.text) for t in words)


def before_person(document: Document, name: Span, guesses: list[Span]) -> Span:
    """A body's name as it ends before the person at its end whom the model tells apart: `Coffee Organization | Vanúsia Nogueira`."""
    if document.lang == "kk" or document.lang == "ru" and " имени " not in name.name:
        return name
    own = next((g for g in guesses if g.kind == "Person" and " " in g.name and name.start < g.start and g.end >= name.end > g.start), None)
    rest = document.text[name.start : own.start].rstrip() if own else ""
    if own is None or " " not in rest or rest.rsplit(None, 1)[-1].islower():
        return name
    end = name.start + len(rest)
    return Span(name.start, end, name.kind, document.nominative(name.start, end), score=name.score, by=name.by)
