"""Whose a figure is: the body that its clause names, or the one that a noun or a pronoun of it, or its silence, points back to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.common_bodies import kind_of_noun
from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.figures import Figure
from elshi.ingest.annotate.patterns import PatternTable, fold, read_table
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.model import Statistic

__all__ = ["Fits", "clause", "is_body", "is_partner", "named_bodies", "subject", "unread"]

#: Which bodies a figure can be about.
Fits = Callable[[str], bool]
#: Where one clause of a sentence ends and the next, with a subject of its own, begins.
_BOUNDS: Final = {
    "kk": re.compile(r";|, (?:ал|бірақ|алайда|сондай-ақ|сонымен қатар) "),
    "ru": re.compile(r";|, (?:а|но|тогда как|в то время как|при этом|и) "),
    "en": re.compile(r";|, (?:while|whereas|but|and|as) "),
}
_BESIDE: Final = {
    "ru": re.compile(
        r"(?:вместе|совместно|наряду|сотрудничеств\w+|партнерств\w+|соглашени\w+|меморандум\w*) со? [«“\"]?(?:\w+ ){0,3}$|\bсо? [«“\"]?(?:\w+(?:ым|им|ой|ей) ){0,2}$"
    ),
    "en": re.compile(r"(?<!registered )(?<!enrolled )\bwith [“\"]?(?:the )?(?:\w+ ){0,2}$"),
}
_TOGETHER: Final = re.compile(r"[»”\"]?(?: \w+)? (?:бірге|бірлес)")
#: Letters of the longest name, and before a name where its preposition stands.
_NAME: Final = 160
_LEAD: Final = 60
#: What it costs a body to stand behind the figure, in another clause, as the body of whoever speaks, to be meant by a pronoun.
_BEHIND: Final = 20
_ELSEWHERE: Final = 400
_SPEAKS: Final = 150
_PRONOUN: Final = 100
#: Sentences in which a body stays the one that is spoken of.
_NEAR: Final = 2
_STEM: Final = 5
#: Kinds that a text has so many of that the noun itself must return in the name.
_COMMON: Final = frozenset({"GovernmentBody", "Organization", "InternationalOrganization", "ResearchCentre"})
#: Words before a name that make it a place.
_WHERE: Final = frozenset("in from near to на из под".split())
#: Words before a noun that make it one of several or any.
_ANY: Final = frozenset(
    "екі бірнеше бірқатар әр кез көп түрлі басқа бір қос жаңа another any every each one two other new один одной одном каждом другом новом".split()
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    key: str
    pronoun: bool = False
    person: bool = False  # a pronoun that may as well mean one


@lru_cache(maxsize=4)
def _pointers(lang: str) -> PatternTable:
    return PatternTable([r for r in read_table(lang, "cues") if r["cue"].startswith("body-")])


def subject(scene: Scene, sentence: Sentence, figure: Figure, previous: Statistic | None, fits: Fits, *, silent: bool = True) -> str | None:
    """The body that a figure is about, of those that fit it; None where its own body is none that was read.

    Where the clause says nothing of it, it is the body that figures were just told of, the speaker's or the only one near, if it may be `silent`.
    """
    last = previous.about if previous and sentence.index - scene.document.sentence_at(previous.evidence[0].start).index <= 1 else None
    last = last if last and any(thing.key == last for thing in scene.things) and fits(last) else None
    found = [c for c in (*_named(scene, sentence), *_meant(scene, sentence, last, fits)) if fits(c.key)]
    start, end = clause(scene, sentence, figure.start)
    speakers = {h.organization for h in scene.held if h.organization and sentence.start <= h.person.start < sentence.end}

    def cost(one: _Candidate) -> float:
        gap = figure.start - one.end if one.end <= figure.start else 1.5 * (one.start - figure.end) + _BEHIND
        speaks = any(s.start == one.start for s in speakers)
        return gap + _ELSEWHERE * (not start <= one.start < end) + _SPEAKS * speaks + _PRONOUN * one.pronoun

    if not silent:
        found = [c for c in found if start <= c.start < end and not c.person and not any(s.start == c.start for s in speakers)]
    best = min(found, key=cost, default=None)
    inside = best is not None and start <= best.start < end
    if previous and last and not inside and previous.evidence[0].start == sentence.start:
        return None if unread(scene, sentence, start, end) else last
    if best is not None:
        gap = (best.end, figure.start) if best.end <= figure.start else (start, best.start)
        return None if unread(scene, sentence, *(gap if inside else (start, end))) else best.key
    if not silent or unread(scene, sentence, sentence.start, sentence.end):
        return None
    return _speakers(scene, sentence, fits) or last or _only(scene, sentence, fits)


def clause(scene: Scene, sentence: Sentence, offset: int) -> tuple[int, int]:
    """Where the clause of a sentence in which an offset lies begins and ends."""
    bounds = [m.end() for m in _BOUNDS[scene.document.lang].finditer(scene.document.folded, sentence.start, sentence.end)]
    start = max((b for b in bounds if b <= offset), default=sentence.start)
    return start, min((b for b in bounds if b > offset), default=sentence.end)


def is_body(scene: Scene, span: Span) -> bool:
    """Does a span name a body, and no person, office, place or date?"""
    thing = scene.things.of(span)
    return thing is not None and span.kind not in {"Person", "Office", "Date"} and not scene.is_place(thing)


def is_partner(scene: Scene, span: Span) -> bool:
    """Is a body only the one with which another does something?"""
    document = scene.document
    if document.lang == "kk":
        return document.case(span.start, span.end) == "Ins" or _TOGETHER.match(document.folded, span.end) is not None
    return _BESIDE[document.lang].search(document.folded[max(0, span.start - _LEAD) : span.start]) is not None


def named_bodies(scene: Scene, start: int, end: int) -> list[Span]:
    """The bodies that a stretch names, without those that are only partners of others."""
    return [s for s in scene.within(start, end) if is_body(scene, s) and not is_partner(scene, s)]


def unread(scene: Scene, sentence: Sentence, start: int, end: int) -> bool:
    """Does a stretch have a name in capital letters that was not read, so that what it says may be of that?"""
    document = scene.document
    for token in document.tokens(start, end) if start < end else ():
        if not (start <= token.idx < end) or token.idx == sentence.start or not token.text[:1].isupper() or len(token.text) < 2:
            continue
        if any(s.start <= token.idx < s.end for s in scene.within(max(0, token.idx - _NAME), token.idx + 1)):
            continue
        if token.nbor(-1).lower_ in _WHERE:
            continue
        if (
            not scene.book.adjective(token.text, document.lang)
            and document.text[token.idx - 1] not in "("
            and not _heads_clause(token, document.lang)
        ):
            return True
    return False


def _heads_clause(token: Token, lang: str) -> bool:
    """Is it a common noun that is only written like a name, `the Institute`, `Сотқа`, or the first word of a quotation?"""
    return kind_of_noun(token.lower_, lang) is not None or token.i > 0 and token.doc[token.i - 1].text in {"«", "“", '"', "–", "—"}


def _named(scene: Scene, sentence: Sentence) -> Iterator[_Candidate]:
    for span in named_bodies(scene, sentence.start, sentence.end):
        if key := scene.key(span):
            yield _Candidate(span.start, span.end, key)


def _meant(scene: Scene, sentence: Sentence, last: str | None, fits: Fits) -> Iterator[_Candidate]:
    """The bodies to which nouns and pronouns of a sentence point back."""
    document = scene.document
    for token in document.tokens(sentence.start, sentence.end):
        kind = _kind_meant(scene, sentence, token)
        if kind is None:
            continue
        home = scene.book.adjective(document.doc[token.i - 1].text, document.lang) if token.i else None
        if key := _back(scene, token.idx, fold(token.lemma_ or token.text) if kind else "", kind, home, last, fits):
            yield _Candidate(token.idx, token.idx + len(token.text), key)
    for hit in _pointers(document.lang).longest(document.folded, sentence.start, sentence.end):
        taken = any(s.start <= hit.start < s.end for s in scene.within(max(0, hit.start - _NAME), hit.start + 1))
        if not taken and (key := _back(scene, hit.start, "", "", None, last, fits)):
            yield _Candidate(hit.start, hit.end, key, pronoun=True, person=hit.key == "body-or-person")


def _kind_meant(scene: Scene, sentence: Sentence, token: Token) -> str | None:
    """The kind of body that a bare common noun stands for; None for any other word."""
    document, doc = scene.document, token.doc
    first = token.idx == sentence.start
    before = doc[token.i - 1] if token.i and not first else None
    alone = document.lang != "en" or before is not None and before.lower_ in {"the", "this"}
    if not (token.text.islower() or first or alone) or document.in_quotation(token.idx) or token.is_punct:
        return None
    if any(s.start <= token.idx < s.end for s in scene.within(max(0, token.idx - _NAME), token.idx + 1)):
        return None
    if before is not None and (before.lower_ in _ANY or before.text[:1].isdigit()):
        return None
    after = document.text[token.idx + len(token.text) :][:2].strip()
    if after.startswith(("«", "“")) or document.lang != "kk" and after[:1].isupper():
        return None
    return _NOUNS[document.lang](scene, token, before)


def _kazakh(scene: Scene, token: Token, before: Token | None) -> str | None:
    morph = token.morph
    if morph.get("Number", []) == ["Plur"] or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    if before is not None and before.lower_ == "оқу" and token.lemma_ in {"орын", "орда"}:
        return "University"
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    owner = morph.get("Case", []) == ["Nom"] and following is not None and following.morph.get("Person[psor]", []) == ["3"]
    if morph.get("Person[psor]", []) or owner or before is not None and before.pos_ == "PROPN" and not _tells_state(scene, before):
        return None
    return kind_of_noun(token.lower_, "kk")


def _russian(scene: Scene, token: Token, before: Token | None) -> str | None:
    capital = token.text[:1].isupper()  # `Вуз намерен`, `Фонд завершил`
    if token.pos_ not in ({"NOUN", "PROPN", "X"} if capital else {"NOUN", "X"}) or token.morph.get("Number", []) == ["Plur"]:
        return None
    return None if capital and before is not None and before.text[:1].isupper() else kind_of_noun(token.lower_, "ru")


def _english(scene: Scene, token: Token, before: Token | None) -> str | None:
    if before is None or token.lower_.endswith("s") and not token.lower_.endswith("ss"):
        return None
    article = token.doc[token.i - 2] if _tells_state(scene, before) and token.i > 1 else before
    return kind_of_noun(token.lower_, "en") if article.lower_ in {"the", "this", "its"} else None


_NOUNS: Final = {"kk": _kazakh, "ru": _russian, "en": _english}


def _tells_state(scene: Scene, token: Token) -> bool:
    return scene.book.adjective(token.text, scene.document.lang) is not None


def _back(scene: Scene, offset: int, noun: str, kind: str, home: str | None, last: str | None, fits: Fits) -> str | None:
    """The body before an offset that a noun of a kind, or a pronoun, means: rather the one whose figures were just told, else the last."""
    sentence = scene.document.sentence_at(offset)
    near = scene.document.sentences[max(0, sentence.index - _NEAR)].start
    earlier = [s for s in named_bodies(scene, 0 if kind else near, offset) if (k := scene.key(s)) and fits(k)]
    if kind:
        stem = noun[: min(_STEM, max(len(noun) - 1, 3))]
        alike = [s for s in earlier if any(w.startswith(stem) for n in scene.things[scene.key(s) or ""].names for w in fold(n).split())]
        same = [s for s in earlier if scene.things[scene.key(s) or ""].kind == kind]
        close = [s for s in earlier if s.start >= near]
        earlier = (
            alike or (same if kind not in _COMMON else [s for s in same if s in close]) or close * (len({scene.key(s) for s in close}) == 1)
        )
    if home is not None:
        earlier = [s for s in earlier if scene.things[scene.key(s) or ""].country == home] or earlier
    keys = [k for s in earlier if (k := scene.key(s))]
    return last if last in keys and home is None else keys[-1] if keys else None


def _speakers(scene: Scene, sentence: Sentence, fits: Fits) -> str | None:
    """The body of whoever tells a figure in a sentence that names none: `ректор … оқитынын айтты`."""
    told = set(scene.persons(sentence))
    bodies = {k for h in scene.held if scene.key(h.person) in told and h.organization and (k := scene.key(h.organization)) and fits(k)}
    return bodies.pop() if len(bodies) == 1 else None


def _only(scene: Scene, sentence: Sentence, fits: Fits) -> str | None:
    """The one body of the sentences right before, where there is but one."""
    near = scene.document.sentences[max(0, sentence.index - _NEAR)].start
    keys = {k for s in named_bodies(scene, near, sentence.start) if (k := scene.key(s)) and fits(k)}
    return keys.pop() if len(keys) == 1 else None
