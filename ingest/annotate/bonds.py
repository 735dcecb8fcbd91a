"""Two parties that one sentence brings together, and the signs by which it does so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from elshi.ingest.annotate.common_bodies import bodies_meant
from elshi.ingest.annotate.document import Document, Sentence
from elshi.ingest.annotate.kazakh_pairs import noun_subject
from elshi.ingest.annotate.scene import Scene

__all__ = ["Actor", "actors", "bonds", "kinds", "nearness"]

#: As many parties as a sentence may name for its pairs to be told apart.
_MANY: Final = 8
#: Letters before a name in which a word stands that links it.
_BEFORE: Final = 80
_CLOSE: Final = 4
_NEAR: Final = 12
_WITH: Final = {
    "ru": re.compile(r"(?:^|[^\w-])со?[ \u00a0](?:[\w-]+(?:ым|им|ой|ей|ом|ем|ами|ями|ыми|ими)[ \u00a0]){0,4}[«“\"]?$"),
    "en": re.compile(r"\b(?:with|alongside)[ \u00a0](?:the[ \u00a0])?(?:[\w-]+[ \u00a0]){0,3}(?:the[ \u00a0])?[«“\"]?$"),
}
_AND: Final = {
    "ru": re.compile(r"^[»”\"]?(?: \([^)]*\))? (?:и|а также) (?:[\w-]+ ){0,4}[«“\"]?$"),
    "en": re.compile(r"^[»”\"]?(?: \([^)]*\))?,? (?:and|as well as) (?:the )?(?:[\w-]+ ){0,3}[«“\"]?$"),
    "kk": re.compile(r"^[»”\"]?(?: \([^)]*\))?(?: [\w-]+)? (?:мен|пен|бен|және) (?:[\w-]+ ){0,4}[«“\"]?$"),
}
_BETWEEN: Final = {
    "ru": re.compile(r"\bмежду (?:[\w-]+ ){0,4}[«“\"]?$"),
    "en": re.compile(r"\bbetween (?:the )?(?:[\w-]+ ){0,3}[«“\"]?$"),
    "kk": re.compile(r"^\S{0,12}[^.;]{0,18}арасын"),
}
#: What makes a name a mere place or a source.
_AT: Final = {
    "ru": re.compile(r"(?:^|[^\w-])(?:в|во|на|из|от|для)[ \u00a0](?:[\w-]+[ \u00a0]){0,3}[«“\"]?$"),
    "en": re.compile(r"\b(?:in|at|to|from|for|within|visited)[ \u00a0](?:the[ \u00a0])?(?:[\w-]+[ \u00a0]){0,2}[«“\"]?$"),
}
_CLAUSE: Final = re.compile(r"[;:]|, (?:котор|котом|which|who|where|while|whose|где|а )")
_CLASSES: Final = {
    "Country": "state", "University": "school", "School": "school", "Faculty": "school", "Campus": "school", "ResearchInstitute": "school",
    "ResearchCentre": "school", "InternationalOrganization": "club", "Ministry": "office", "Parliament": "office", "GovernmentBody": "office",
    "Embassy": "office",
}  # fmt: skip
#: Ways of being told that lie outside the sentence itself.
_OUTSIDE: Final = frozenset({"talk", "before"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A party where a sentence tells of it: `name`, `person` who speaks for it, `noun`; by the `talk` or sentence `before` it goes on with."""

    key: str
    start: int
    end: int
    told: str


def actors(scene: Scene, sentence: Sentence) -> list[Actor]:
    """Everybody in a sentence who may be party to something, in order; a body or state that completes an office is its holder's side."""
    offices = [h for h in scene.held if sentence.start <= h.start < sentence.end]
    named = [s for s in scene.bodies(sentence) if not any(h.start <= s.start < h.end or s == h.organization for h in offices)]
    found = [Actor(key, s.start, s.end, "name") for s in named if (key := scene.key(s))]
    spans = scene.within(sentence.start, sentence.end)
    for person in scene.persons(sentence):
        if side := scene.side(person):
            span = next((s for s in spans if scene.key(s) == person), None)
            start, end = (span.start, span.end) if span else (sentence.start, sentence.start)
            found.append(Actor(side, start, end, "person"))
    found += [Actor(key, at, at, "noun") for at, key in bodies_meant(scene, sentence)]
    if subject := noun_subject(scene, sentence):
        found.append(Actor(subject, sentence.start, sentence.start, "noun"))
    return sorted(found, key=lambda a: (a.start, a.end))


def bonds(scene: Scene, sentence: Sentence, talk: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Every two parties of a sentence, or of it and the talks it goes on with, and what speaks for or against their being bound."""
    there = _there(scene, sentence, talk)
    keys = list(dict.fromkeys(a.key for a in there))
    if not 2 <= len(keys) <= _MANY:
        return
    for one, other in combinations(keys, 2):
        pairs = [(a, b) for a in there for b in there if {a.key, b.key} == {one, other} and a.start <= b.start]
        if pairs and not all({a.told, b.told} <= _OUTSIDE for a, b in pairs):
            first, second = min(pairs, key=lambda p: p[1].start - p[0].end)
            yield (one, other), [f"parties {min(len(keys), 4)}", *_signs(scene.document, first, second)]


def _there(scene: Scene, sentence: Sentence, talk: tuple[str, ...]) -> list[Actor]:
    there = [a for a in actors(scene, sentence) if not scene.document.in_quotation(a.start) or a.told == "name"]
    here = {a.key for a in there}
    if here:
        there += [Actor(key, sentence.start, sentence.start, "talk") for key in talk if key not in here]
        before = scene.document.sentences[max(0, sentence.index - 1)]
        named = [a for a in actors(scene, before) if a.told == "name"] if before.index != sentence.index and not before.is_title else []
        if named and named[0].key not in here and named[0].key not in talk:
            there.append(Actor(named[0].key, sentence.start, sentence.start, "before"))
    return sorted(there, key=lambda a: (a.start, a.end))


def _signs(document: Document, first: Actor, second: Actor) -> Iterator[str]:
    """How two parties are told, how near each other, and which words and cases link them."""
    yield "told " + "-".join(sorted((first.told, second.told)))
    gap = len(document.text[first.end : second.start].split())
    yield "close" if gap <= _CLOSE else "near" if gap <= _NEAR else "far"
    between = document.folded[first.end : second.start]
    if _AND[document.lang].match(between):
        yield "and"
    if _CLAUSE.search(between):
        yield "clause between"
    yield from _kazakh(document, first, second) if document.lang == "kk" else _prepositions(document, first, second)


def _kazakh(document: Document, first: Actor, second: Actor) -> Iterator[str]:
    for name, actor in (("first", first), ("second", second)):
        if actor.told == "name":
            yield f"{name} {document.case(actor.start, actor.end)}"
            if document.is_attributive(actor.start, actor.end):
                yield f"{name} attributive"
    if _BETWEEN["kk"].match(document.folded[second.end :]):
        yield "between"


def _prepositions(document: Document, first: Actor, second: Actor) -> Iterator[str]:
    lang = document.lang
    if _BETWEEN[lang].search(document.folded[max(0, first.start - _BEFORE) : first.start]):
        yield "between"
    for name, actor in (("first", first), ("second", second)):
        before = document.folded[max(0, actor.start - _BEFORE) : actor.start]
        if _WITH[lang].search(before):
            yield f"with {name}" if actor.told == "name" else f"with {name} {actor.told}"
        elif actor.told == "name" and _AT[lang].search(before):
            yield f"at {name}"


def kinds(scene: Scene, keys: tuple[str, ...]) -> str:
    """Of which kinds parties are: `school-state`."""
    return "kinds " + "-".join(sorted(_CLASSES.get(scene.things[key].kind, "body") for key in keys))


def nearness(scene: Scene, keys: tuple[str, ...]) -> str:
    """Whether parties are of one country, by what the text and the book know."""
    countries = [scene.things[key].country for key in keys]
    if None in countries:
        return "country unknown"
    return "country one" if len(set(countries)) == 1 else "countries"
