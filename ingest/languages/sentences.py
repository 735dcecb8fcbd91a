"""Where sentences begin, in Kazakh, Russian and English: one set of rules, one table of abbreviations per language."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from spacy.attrs import SENT_START  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.language import Language
from spacy.tokens import Doc

from elshi import ElshiError, resource

__all__ = ["LONGEST_SENTENCE", "NAME", "SentenceMarker", "boundaries", "split"]

#: The name of the pipeline component.
NAME = "elshi_sentences"
#: How long a bracket may be for its inside to be left whole.
LONGEST_BRACKET = 300
#: How spaCy marks a token that begins no sentence: -1, unsigned.
_GOES_ON = 2**64 - 1
#: Letters after which a sentence is ended at its next comma or blank: nobody writes so, but a table or a list without full stops comes as one.
LONGEST_SENTENCE: Final = 4_000

_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[»”\"’')\]]*)(?P<space>[^\S\n]+|(?=[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ«]))(?=\S)")
_NEWLINE = re.compile(r"\s*\n\s*")
_PAUSE, _BLANK = re.compile(r"[,;][^\S\n]+(?=\S)"), re.compile(r"[^\S\n]+(?=\S)")
_OPENERS = " \t\u00a0«»“”\"„‘’'([–—―-"
_WORD_BEFORE = re.compile(r"[^\s«»“”\"„(\[]+$")
_INITIALS = re.compile(r"^(?:\W*)(?:(?:[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ][жзhяеюё]?\.)-?)+$")
_NUMERAL = re.compile(r"(?:\d[\d.,/–-]*|[IVXLCІХ]+)(?:-\w+)?$")
_LISTED = re.compile(r"(?:^|\n)\s*(?:\d{1,2}|[IVX]{1,4})\.$")
_ATTRIBUTION = re.compile(r"[,.!?…]*\s*(?:[–—-]\s*|(?:деп|деген|дейді|деді)\b)")
_CLOSES = {"«": "»", "“": "”", "„": "“"}


@dataclass(frozen=True, slots=True)
class Place:
    """A full stop, question or exclamation mark, or ellipsis, and the text around it."""

    text: str
    lang: str
    mark: str
    at: int  # where the mark begins
    next: int  # where the following word, quote or dash begins
    spaced: bool

    @property
    def before(self) -> str:
        """The word the mark stands at, mark included."""
        found = _WORD_BEFORE.search(self.text, max(0, self.at - 40), self.at)
        return (found[0] if found else "") + self.mark

    @property
    def first(self) -> str:
        """The first letter or digit of what follows."""
        return next((letter for letter in self.text[self.next : self.next + 12] if letter not in _OPENERS), "")


#: A rule says whether a sentence ends at a place, or None where it has no opinion.
Rule = Callable[[Place], bool | None]


def boundaries(text: str, lang: str) -> list[int]:
    """Return where each sentence after the first begins, in code points.

    >>> text = "Қ.К. Тоқаев келді. Кездесу өтті."
    >>> [text[at:] for at in boundaries(text, "kk")]
    ['Кездесу өтті.']
    """
    found = {match.end() for match in _NEWLINE.finditer(text) if 0 < match.start() and match.end() < len(text)}
    for match in _END.finditer(text):
        place = Place(text, lang, match["mark"], match.start(), match.end(), bool(match["space"]))
        if _ends(place):
            found.add(match.end())
    return sorted(found | set(_cuts(text, [0, *sorted(found), len(text)])))


def _cuts(text: str, edges: list[int]) -> Iterator[int]:
    """Where sentences without an end are ended all the same."""
    for start, end in pairwise(edges):
        while end - start > LONGEST_SENTENCE:
            place = _PAUSE.search(text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) or _BLANK.search(
                text, start + LONGEST_SENTENCE, end
            )
            if place is None:
                break
            start = place.end()
            yield start


def split(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open span of every sentence, white space around it left out."""
    edges = [0, *boundaries(text, lang), len(text)]
    for start, end in zip(edges, edges[1:], strict=False):
        sentence = text[start:end]
        if sentence.strip():
            yield start + len(sentence) - len(sentence.lstrip()), start + len(sentence.rstrip())


@Language.factory(NAME, assigns=["token.is_sent_start"], default_config={"language": None})
def make_sentence_marker(nlp: Language, name: str, language: str | None) -> SentenceMarker:
    """Return the component for a pipeline; `language` is the pipeline's own unless given."""
    return SentenceMarker(language or nlp.lang or "")


class SentenceMarker:
    """Sets `token.is_sent_start` on every token; white space belongs to the sentence before it."""

    def __init__(self, language: str) -> None:
        abbreviations(language)
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        starts = iter([*boundaries(text, self.language), len(text) + 1])
        waiting, following = True, next(starts)
        marks = doc.to_array(SENT_START)  # set all at once: for every single one spaCy would go over the whole text
        marks.fill(_GOES_ON)
        for i, token in enumerate(doc):
            while token.idx >= following:
                waiting, following = True, next(starts)
            blank = token.is_space
            if i == 0 or waiting and not blank:
                marks[i] = 1
            waiting = waiting and blank
        return doc.from_array([SENT_START], marks)  # type: ignore[arg-type]  # the stub has floats


@cache
def abbreviations(lang: str) -> Mapping[str, str]:
    """Return what each abbreviation of a language says about a sentence ending there; raises ElshiError for other languages."""
    path = resource(f"data/lexicons/sentences/{lang}.tsv")
    if not path.is_file():
        raise ElshiError(f"no abbreviations for language {lang!r} at {path}: use kk, ru or en")
    table = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter="\t")
    return {row["form"]: row["boundary"] for row in table}


def _ends(place: Place) -> bool:
    return next((answer for rule in RULES if (answer := rule(place)) is not None), True)


def _glued(place: Place) -> bool | None:
    """Without a blank only a word of some length ends a sentence: `өтті.Тараптар`, not `Р.Василенко` or `А.Қ.`."""
    if place.spaced:
        return None
    word = place.before.rstrip(place.mark)
    rest = place.text[place.next : place.next + 2]
    return None if place.mark == "." and len(word) > 3 and word[-2:].islower() and (rest[-1:].islower() or rest[:1] == "«") else False


def _goes_on_small(place: Place) -> bool | None:
    """A small letter never begins a sentence."""
    return False if place.first.islower() or not place.first else None


def _abbreviated(place: Place) -> bool | None:
    if place.mark != ".":
        return None
    kind = abbreviations(place.lang).get(place.before.lower())
    if kind is None or kind == "starter":
        return None
    if kind == "never" or place.first.isdigit():
        return False
    if kind == "after number":
        return bool(_NUMERAL.search(place.text[max(0, place.at - 30) : place.at - len(place.before) + 1].rstrip()))
    if kind == "maybe" and "." in place.before[:-1] and _starters(place.lang):
        return _next_word(place) in _starters(place.lang)
    return True


def _after_initials(place: Place) -> bool | None:
    return False if place.mark == "." and _INITIALS.match(place.before) and not place.first.isdigit() else None


def _after_list_number(place: Place) -> bool | None:
    start = max(0, place.text.rfind("\n", 0, place.at))
    return False if place.at - start < 8 and _LISTED.search(place.text[start : place.at + 1]) else None


def _inside_attributed_quote(place: Place) -> bool | None:
    """What is said stays whole with who says it: `«Бірінші. Екінші», – деді министр.`"""
    line = place.text.rfind("\n", 0, place.at) + 1
    for opener, closer in _CLOSES.items():
        opened = place.text.rfind(opener, line, place.at)
        if opened < 0 or place.text.find(closer, opened + 1, place.next) >= 0:
            continue
        closed = place.text.find(closer, place.next)
        if closed >= 0 and "\n" not in place.text[place.next : closed]:
            said = _ATTRIBUTION.match(place.text, closed + 1)
            if said and place.text[said.end() : said.end() + 1].islower() or (said and said[0][-1:].isalpha()):
                return False
    return None


def _inside_bracket(place: Place) -> bool | None:
    opened = place.text.rfind("(", max(0, place.at - LONGEST_BRACKET), place.at)
    if opened < 0 or place.text.find(")", opened, place.next) >= 0 or "\n" in place.text[opened : place.at]:
        return None
    closed = place.text.find(")", place.next, opened + LONGEST_BRACKET)
    return False if closed >= 0 and "\n" not in place.text[place.next : closed] else None


def _starters(lang: str) -> frozenset[str]:
    return frozenset(word for word, kind in abbreviations(lang).items() if kind == "starter")


def _next_word(place: Place) -> str:
    return place.text[place.next : place.next + 20].lstrip(_OPENERS).partition(" ")[0].lower()


RULES: tuple[Rule, ...] = (
    _glued, _goes_on_small, _abbreviated, _after_initials, _after_list_number, _inside_attributed_quote, _inside_bracket,
)  # fmt: skip
