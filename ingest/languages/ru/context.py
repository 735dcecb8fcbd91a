"""Which reading of each Russian word its sentence means: agreement, government and apposition, weighed along the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from elshi import resource
from elshi.ingest.languages.ru.readings import Reading, fold, readings

__all__ = ["agree", "best_readings", "governed"]

#: How many beginnings of a sentence are kept while it is read.
_WIDTH: Final = 12
_NO_CASES: Final[tuple[str, ...]] = ()
_COPYING: Final = frozenset("и или либо а также как , / &".split())
_MARKS: Final = frozenset('( ) « » „ “ ” "'.split())
_DASHES: Final = frozenset(("–", "—", "-", ":"))

#: How likely each case is after a verb without its subject, after one that has it, after a passive participle, after other words.
_COMPLEMENTS: Final = {
    "verb": {"Nom": 0.2, "Acc": 0.5, "Gen": -0.7},
    "object": {"Nom": -2.0, "Acc": 0.6, "Gen": -0.7},
    "passive": {"Nom": 0.2, "Acc": -2.0, "Gen": -1.0, "Dat": 0.2, "Ins": 0.4},
    "other": {"Nom": 0.2, "Acc": 0.5, "Gen": -0.7},
    "prep": {"Nom": 0.2, "Acc": 0.5, "Gen": -0.7},
}

#: How likely each case is where a sentence opens, of a person's name behind a thing, of a noun behind a noun.
_OPENING: Final = {"Nom": 1.2, "Gen": -0.8, "Dat": -0.5, "Ins": -0.5, "Loc": -4.0}
_OF_THING: Final = {"Gen": 0.9, "Dat": 0.5}
_BEHIND_NOUN: Final = {"Nom": -2.0, "Dat": -0.6, "Acc": -1.5, "Ins": -0.2}

#: Something to add to the score of a reading, from outside the sentence.
Evidence = Callable[[str, Reading], float]


@dataclass(slots=True)  # not frozen, which is several times slower to make: a release takes thousands
class _State:
    """A beginning of the sentence as understood so far."""

    score: float
    last: Reading | None = None  # the last word with a case
    head: Reading | None = None  # the last one that no genitive chain hangs from
    title: Reading | None = None  # the last person spoken of by office, whose name may follow at some distance
    verb: Reading | None = None
    governed: tuple[str, ...] = _NO_CASES  # cases an open preposition asks for
    gap: str = "start"  # what stands between `last` and here
    before: _State | None = None
    reading: Reading | None = None


def governed(preposition: str) -> tuple[str, ...]:
    """Return the cases that a preposition asks for, the usual one first; none for any other word."""
    return _prepositions().get(fold(preposition), _NO_CASES)


@lru_cache(maxsize=1)
def _prepositions() -> dict[str, tuple[str, ...]]:
    rows = resource("data/lexicons/ru/prepositions.tsv").read_text("utf-8").splitlines()
    return {word: tuple(cases.split(",")) for word, cases in (row.split("\t") for row in rows if row and not row.startswith("#"))}


@lru_cache(maxsize=1)
def _apposition_nouns() -> frozenset[str]:
    rows = resource("data/lexicons/ru/apposition_nouns.tsv").read_text("utf-8").splitlines()
    return frozenset(row for row in rows if not row.startswith("#") and row != "noun")


def agree(a: Reading, b: Reading) -> bool:
    """Do two words share case, number and, where both have it, gender?

    An indeclinable agrees with anything its case allows.
    """
    if a.case != b.case or (a.number and b.number and a.number != b.number):
        return False
    return a.number == "Plur" or not a.gender or not b.gender or a.gender == b.gender


def best_readings(words: Sequence[str], evidence: Evidence) -> list[Reading]:
    """Return one reading for each word of a sentence."""
    states = [_State(0.0)]
    for position, word in enumerate(words):
        options = [(r, r.score + _capital(word, r, position) + evidence(word, r)) for r in _candidates(word)]
        best: dict[tuple[object, ...], _State] = {}
        for state in states:
            for reading, score in options:
                after = _step(state, word, reading, score)
                verb = after.verb and (after.verb.gender, after.verb.number, after.verb.tense)
                # what the words to come can see of it; readings are cached, so that one word's are told apart by identity
                seen = (id(after.last), id(after.head), id(after.title), verb, after.governed, after.gap)
                kept = best.get(seen)
                if kept is None or kept.score < after.score:
                    best[seen] = after
        states = sorted(best.values(), key=lambda s: -s.score)[:_WIDTH]
    return list(reversed(list(_trace(states[0]))))


def _trace(state: _State) -> Iterator[Reading]:
    current: _State | None = state
    while current is not None and current.reading is not None:
        yield current.reading
        current = current.before


def _candidates(word: str) -> tuple[Reading, ...]:
    if fold(word) in _prepositions():
        return (Reading(fold(word), word.lower(), "ADP"),)
    return readings(word)[:16]


def _capital(word: str, reading: Reading, position: int) -> float:
    """A capital inside a sentence speaks for a name, a small letter against one."""
    if not word[:1].isupper():
        return -4.0 if reading.name else 0.0
    if position == 0:
        return 1.5 if not reading.name and not reading.nominal else 0.0
    return 0.7 if reading.name else 0.0


def _step(state: _State, word: str, reading: Reading, score: float) -> _State:
    if reading.pos == "ADP":
        cases = _prepositions().get(reading.lemma, _NO_CASES)
        return _State(state.score, state.last, state.head, state.title, state.verb, cases, "prep", state, reading)
    if not reading.case:
        return _pass(state, word, reading, score)
    score += _government(state, reading) if state.governed else _attachment(state, reading)
    if state.verb is not None and reading.case == "Nom" and not state.governed:
        score += _subject(state.verb, reading)
    if reading.adjectival:
        head = state.head
    elif reading.case == "Gen" and state.head is not None and state.gap in ("", "named", "adj") and not state.governed:
        head = state.head if state.last is not None and not state.last.adjectival else reading
    else:
        head = reading
    if reading.pos == "PRON" and state.gap in ("prep", "and", "start", "other"):
        return _State(state.score + score, reading, None, None, None, _NO_CASES, "start", state, reading)
    keeps = state.governed if reading.adjectival else _NO_CASES
    title = _title(state, reading)
    return _State(state.score + score, reading, head, title, state.verb, keeps, "adj" if reading.adjectival else "", state, reading)


def _title(state: _State, reading: Reading) -> Reading | None:
    """The office that a name to come would agree with: not the one that only belongs to it (`заместителю министра`)."""
    if reading.lemma in ("который", "кто"):
        return None
    if reading.pos != "NOUN" or reading.animacy != "Anim":
        return state.title
    belongs = reading.case == "Gen" and state.title is not None and state.gap in ("", "named", "adj") and not state.governed
    return state.title if belongs else reading


def _pass(state: _State, word: str, reading: Reading, score: float) -> _State:
    """Go over a word without case: it opens a gap, or is a verb that a subject must agree with."""
    verb, gap, governed = state.verb, "other", _NO_CASES  # so for any word not named below
    if reading.verb_form == "Fin":
        subject = _agrees_with_subject(state, reading)
        verb, gap = (None, "object") if subject > 0 else (reading, "verb")
        score += subject
    elif reading.verb_form == "Part":
        verb, gap = reading, "passive"
    elif reading.verb_form:
        verb, gap = None, "verb"
    elif len(word) == 2 and word[1] == ".":
        gap, governed = state.gap, state.governed
    elif fold(word) in _COPYING:
        verb = None if word == "," else verb
        gap = state.gap if state.gap == "start" else "and"
        governed = state.governed
    elif word in _MARKS:
        gap, governed = state.gap, state.governed
    elif word in _DASHES:
        verb, gap = None, "dash"
    elif reading.pos == "NUM":
        gap, governed = "number", state.governed
    elif reading.pos in ("PROPN", "X"):
        gap, governed = "named" if state.gap != "adj" else "other", _NO_CASES
    elif reading.pos in ("PART", "ADV"):
        gap, governed = ("start" if state.gap == "start" else "other"), state.governed
    title = None if gap in ("verb", "object", "passive", "start") else state.title
    return _State(state.score + score, state.last, state.head, title, verb, governed, gap, state, reading)


def _government(state: _State, reading: Reading) -> float:
    if reading.case not in state.governed:
        return -5.0
    if state.gap == "adj" and state.last is not None:
        return 3.0 if agree(state.last, reading) else -4.0
    return 1.4 if reading.case == state.governed[0] else 0.8


def _attachment(state: _State, reading: Reading) -> float:
    """How well a word with a case follows what stands before it, no preposition being open."""
    last, gap = state.last, state.gap
    if last is None or gap == "start":
        return _OPENING.get(reading.case, -0.5)
    if reading.case == "Loc" and not (agree(last, reading) or state.head is not None and state.head.case == "Loc"):
        return -4.0
    if gap == "adj":
        return 2.5 if agree(last, reading) else -3.0
    if gap == "number":
        return 1.5 if reading.case == "Gen" else -0.3
    if gap == "and":
        return _coordination(state, reading)
    if gap == "dash" and reading.personal and state.title is not None:
        return _apposition(state, last, reading)
    if gap == "dash":
        return 0.8 if reading.case in ("Nom", last.case) else -0.3
    if gap in _COMPLEMENTS:
        return _COMPLEMENTS[gap].get(reading.case, 0.0) + (0.5 if reading.case == "Nom" and reading.personal else 0.0)
    return _apposition(state, last, reading)


def _coordination(state: _State, reading: Reading) -> float:
    same = state.last is not None and state.last.case == reading.case
    also = state.head is not None and state.head.case == reading.case
    alike = state.last is not None and state.last.pos == reading.pos
    return (1.4 if same else 0.9 if also else -0.7) + (0.3 if same and alike else 0.0)


def _apposition(state: _State, last: Reading, reading: Reading) -> float:
    """A noun right after a noun is its genitive, its apposition, or the next part of the same name."""
    if reading.personal and last.personal:
        return 3.0 if agree(last, reading) else -2.5
    if reading.name and state.gap == "" and last.lemma in _apposition_nouns():
        return 1.5 if reading.case == last.case else 1.2 if reading.case == "Nom" else 0.9 if reading.case == "Gen" else -2.0
    if reading.personal and state.title is not None:
        return 2.5 if state.title.case == reading.case else 0.0 if reading.case == "Gen" and last is state.title else -1.5
    if reading.personal and last.animacy == "Inan" and not last.name:
        return 0.8 if reading.case == "Nom" and state.verb is not None else _OF_THING.get(reading.case, -1.0)
    if reading.personal and state.head is not None:
        return 1.0 if state.head.case == reading.case else 0.9 if reading.case == "Gen" else -1.5
    if last.name == "Geo" and last.case == "Loc" and reading.animacy == "Anim":
        return _COMPLEMENTS["other"].get(reading.case, 0.0)  # "свели в Страсбурге председателя": nobody is the town's
    if reading.case == "Gen":
        return 2.0
    if reading.name in ("Geo", "Org") and reading.case == "Nom":
        return -0.3  # "Республики Казахстан"
    return _BEHIND_NOUN.get(reading.case, -3.0)


def _subject(verb: Reading, reading: Reading) -> float:
    if verb.tense == "Past" and reading.number and verb.number and reading.number != verb.number:
        return -1.0
    if verb.tense == "Past" and verb.gender and reading.gender and reading.number == "Sing":
        return 0.7 if verb.gender == reading.gender else -2.0
    return 0.0


def _agrees_with_subject(state: _State, verb: Reading) -> float:
    head = state.head
    if head is None or head.case != "Nom" or not verb.number or not head.number:
        return 0.0
    if verb.number != head.number:
        return -0.5
    return 0.5 if not verb.gender or not head.gender or verb.gender == head.gender else -0.5
