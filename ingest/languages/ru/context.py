"""Which reading of each Russian word its sentence means: agreement, government and apposition, weighed along the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from elshi import resource
from elshi.ingest.languages.ru.readings import Reading, fold, readings

__all__ = ["agree", "best_readings", "governed"]

#: How many beginnings of a sentence are kept while it is read.
_WIDTH: Final = 12
_NO_CASES: Final[tuple[str, ...]] = ()
_COPYING: Final = frozenset("и или либо а также как , / &".split())
_MARKS: Final = frozenset('( ) « » „ “ ” "'.split())
_DASHES: Final = frozenset(("–", "—", "-", ":"))
#: Behind which a name belongs to no office spoken of before.
_CLOSING: Final = frozenset(("verb", "object", "passive", "start"))

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


#: A verb as the words to come can see it: gender, number, tense.
Verb = tuple[str, str, str]
#: What the words to come can see of the beginning of a sentence, readings told apart by identity: the last word with a case; the last
#: one that no genitive chain hangs from; the last person spoken of by office, whose name may follow at some distance; the verb;
#: the cases an open preposition asks for; what stands between the last word with a case and here.
Seen = tuple[Reading | None, Reading | None, Reading | None, Verb | None, tuple[str, ...], str]
#: A beginning of the sentence as understood so far: its score, what is seen of it, its last reading, and the beginning before that.
Path = tuple[float, Seen, Reading | None, Any]
_START: Final[Path] = (0.0, (None, None, None, None, _NO_CASES, "start"), None, None)
#: Between a noun and the genitive that hangs from it.
_CHAINED: Final = frozenset(("", "named", "adj"))


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
    paths = [_START]
    for position, word in enumerate(words):
        options = [(r, r.score + _capital(word, r, position) + evidence(word, r)) for r in _candidates(word)]
        best: dict[Seen, Path] = {}
        for path in paths:
            before, seen = path[0], path[1]
            for reading, score in options:
                gain, after = _with_case(seen, reading, score) if reading.case else _without_case(seen, word, reading, score)
                kept = best.get(after)
                if kept is None or kept[0] < before + gain:
                    best[after] = (before + gain, after, reading, path)
        paths = sorted(best.values(), key=itemgetter(0), reverse=True)[:_WIDTH]
    return list(reversed(list(_trace(paths[0]))))


def _trace(path: Path) -> Iterator[Reading]:
    while path[2] is not None:
        yield path[2]
        path = path[3]


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


def _with_case(seen: Seen, reading: Reading, score: float) -> tuple[float, Seen]:
    """What a word with a case adds to the score, and what is seen after it."""
    last, head, title, verb, cases, gap = seen
    adjectival = reading.adjectival
    if cases:
        score += _government(last, cases, gap, reading)
        chained = False
    else:
        score += _attachment(last, head, title, verb, gap, reading)
        if verb is not None and reading.case == "Nom":
            score += _subject(verb, reading)
        chained = reading.case == "Gen" and gap in _CHAINED
    if reading.pos == "PRON" and gap in ("prep", "and", "start", "other"):
        return score, (reading, None, None, None, _NO_CASES, "start")
    if not adjectival and not (chained and head is not None and last is not None and not last.adjectival):
        head = reading
    if reading.lemma in ("который", "кто"):
        title = None
    elif reading.office and not (chained and title is not None):  # not one that only belongs to it (`заместителю министра`)
        title = reading
    return score, (reading, head, title, verb, cases if adjectival else _NO_CASES, "adj" if adjectival else "")


def _without_case(seen: Seen, word: str, reading: Reading, score: float) -> tuple[float, Seen]:
    """Go over a word without case: it asks for cases, opens a gap, or is a verb that a subject must agree with."""
    last, head, title, verb, cases, gap = seen
    if reading.pos == "ADP":
        return 0.0, (last, head, title, verb, _prepositions().get(reading.lemma, _NO_CASES), "prep")
    folded = fold(word)
    if reading.verb_form == "Fin":
        subject = _agrees_with_subject(head, reading)
        verb, gap, cases = (None, "object", _NO_CASES) if subject > 0 else (reading.as_verb, "verb", _NO_CASES)
        score += subject
    elif reading.verb_form == "Part":
        verb, gap, cases = reading.as_verb, "passive", _NO_CASES
    elif reading.verb_form:
        verb, gap, cases = None, "verb", _NO_CASES
    elif len(word) == 2 and word[1] == "." or word in _MARKS:
        pass  # an initial or a bracket changes nothing
    elif folded in _COPYING:
        verb = None if word == "," else verb
        gap = gap if gap == "start" else "and"
    elif word in _DASHES:
        verb, gap, cases = None, "dash", _NO_CASES
    elif reading.pos == "NUM":
        gap = "number"
    elif reading.pos in ("PROPN", "X"):
        gap, cases = "named" if gap != "adj" else "other", _NO_CASES
    elif reading.pos in ("PART", "ADV"):
        gap = "start" if gap == "start" else "other"
    else:
        gap, cases = "other", _NO_CASES
    return score, (last, head, None if gap in _CLOSING else title, verb, cases, gap)


def _government(last: Reading | None, cases: tuple[str, ...], gap: str, reading: Reading) -> float:
    if reading.case not in cases:
        return -5.0
    if gap == "adj" and last is not None:
        return 3.0 if agree(last, reading) else -4.0
    return 1.4 if reading.case == cases[0] else 0.8


def _attachment(last: Reading | None, head: Reading | None, title: Reading | None, verb: Verb | None, gap: str, reading: Reading) -> float:
    """How well a word with a case follows what stands before it, no preposition being open."""
    if last is None or gap == "start":
        return _OPENING.get(reading.case, -0.5)
    if reading.case == "Loc" and not (agree(last, reading) or head is not None and head.case == "Loc"):
        return -4.0
    if gap == "adj":
        return 2.5 if agree(last, reading) else -3.0
    if gap == "number":
        return 1.5 if reading.case == "Gen" else -0.3
    if gap == "and":
        return _coordination(last, head, reading)
    if gap == "dash" and reading.personal and title is not None:
        return _apposition(last, head, title, verb, gap, reading)
    if gap == "dash":
        return 0.8 if reading.case in ("Nom", last.case) else -0.3
    if gap in _COMPLEMENTS:
        return _COMPLEMENTS[gap].get(reading.case, 0.0) + (0.5 if reading.case == "Nom" and reading.personal else 0.0)
    return _apposition(last, head, title, verb, gap, reading)


def _coordination(last: Reading, head: Reading | None, reading: Reading) -> float:
    if last.case == reading.case:
        return 1.4 + (0.3 if last.pos == reading.pos else 0.0)
    return 0.9 if head is not None and head.case == reading.case else -0.7


def _apposition(last: Reading, head: Reading | None, title: Reading | None, verb: Verb | None, gap: str, reading: Reading) -> float:
    """A noun right after a noun is its genitive, its apposition, or the next part of the same name."""
    if reading.personal and last.personal:
        return 3.0 if agree(last, reading) else -2.5
    if reading.name and gap == "" and last.lemma in _apposition_nouns():
        return 1.5 if reading.case == last.case else 1.2 if reading.case == "Nom" else 0.9 if reading.case == "Gen" else -2.0
    if reading.personal and title is not None:
        return 2.5 if title.case == reading.case else 0.0 if reading.case == "Gen" and last is title else -1.5
    if reading.personal and last.animacy == "Inan" and not last.name:
        return 0.8 if reading.case == "Nom" and verb is not None else _OF_THING.get(reading.case, -1.0)
    if reading.personal and head is not None:
        return 1.0 if head.case == reading.case else 0.9 if reading.case == "Gen" else -1.5
    if last.name == "Geo" and last.case == "Loc" and reading.animacy == "Anim":
        return _COMPLEMENTS["other"].get(reading.case, 0.0)  # "свели в Страсбурге председателя": nobody is the town's
    if reading.case == "Gen":
        return 2.0
    if reading.name in ("Geo", "Org") and reading.case == "Nom":
        return -0.3  # "Республики Казахстан"
    return _BEHIND_NOUN.get(reading.case, -3.0)


def _subject(verb: Verb, reading: Reading) -> float:
    gender, number, tense = verb
    if tense == "Past" and reading.number and number and reading.number != number:
        return -1.0
    if tense == "Past" and gender and reading.gender and reading.number == "Sing":
        return 0.7 if gender == reading.gender else -2.0
    return 0.0


def _agrees_with_subject(head: Reading | None, verb: Reading) -> float:
    if head is None or head.case != "Nom" or not verb.number or not head.number:
        return 0.0
    if verb.number != head.number:
        return -0.5
    return 0.5 if not verb.gender or not head.gender or verb.gender == head.gender else -0.5
