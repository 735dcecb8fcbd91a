"""One occasion: the words that open it, and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.clauses import told_by_clause
from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.patterns import Hit, PatternTable, longest, read_table
from elshi.ingest.annotate.scene import Scene

__all__ = ["DAY", "Occasion", "openings", "place_of", "told_from", "triggers"]

#: Length of a date that names its day.
DAY: Final = 10
#: Words behind a place among which the house in it is looked for.
_HOUSE: Final = 9
#: Words between `в рамках` and what it frames: `на полях 80-й юбилейной …`.
_FRAME: Final = 3
_HOUSES: Final = re.compile(
    r" (?:\w+ ){0,2}(?:сарай|ратуша|үйі|кеңсе|ғимарат|резиденция|алаң|зал|қонақүй|әуежай|порт|вокзал|театр|стадион|павильон|кешен|саябағ)"
    r"\w*(?:да|де|та|те)\b"
)
#: What leads to a place in Russian and English, and letters between it and a verb of going.
_IN: Final = re.compile(r"(?:^|[^\w-])(?:в|во|на|до|in|to|at)[ \u00a0«\"]+(?:город[еау]?[ \u00a0]|the[ \u00a0])?$")
_REACH: Final = 60
#: Letters between a place and a Kazakh verb that says that somebody was there: room for `қаласында`.
_BESIDE: Final = 12
#: How a clause begins that tells of what stands before it: `форума, который прошёл …`, `the conference, held in …`.
_TOLD_OF: Final = re.compile(
    r", (?:котор|состоявш|прошедш|проход|организован|проведенн|открывш|which|that|held|hosted|organi[sz]ed|taking)"
)
#: A forum of which a clause says that it was opened: `a business forum in Jakarta, which was opened by …`.
_OPENED: Final = re.compile(
    r"(?:forum|conference|summit|seminar|symposium|round ?table|session|congress)\b[^.;]{0,40}, (?:which|that|it) \w?$"
)
_PLACE_NOUN: Final = re.compile(r" (қала|облыс|өңір|аудан|аймақ|аймағ|ел)\w*")


@dataclass(slots=True)
class Occasion:
    """An event while its sentences are being read."""

    kind: str
    sentence: Sentence
    trigger: Hit
    persons: list[str]
    bodies: list[str] = field(default_factory=list)
    sides: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    place: str | None = None
    status: str = "held"
    sentences: list[Sentence] = field(default_factory=list)
    told: bool = False  # somebody only speaks of it


@lru_cache(maxsize=4)
def triggers(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "events"))


def openings(scene: Scene, sentence: Sentence) -> list[Hit]:
    """Main triggers of a sentence outside quotations; of one kind the first."""
    known = scene.opened.get(sentence)
    if known is None:
        known = scene.opened[sentence] = tuple(_openings(scene, sentence))
    return list(known)


def _openings(scene: Scene, sentence: Sentence) -> list[Hit]:
    hits = [
        h
        for h in triggers(scene.document.lang).every(scene.document.folded, sentence.start, sentence.end)
        if not _is_frame(scene, sentence, h)
    ]
    first: dict[str, Hit] = {}
    for hit in longest(hits):
        if hit.key in {"Launch", "Ceremony"} and _OPENED.search(scene.document.folded, sentence.start, hit.start + 1):
            continue
        if _is_main(scene, sentence, hit) and not scene.document.in_quotation(hit.start):
            first.setdefault(hit.key, hit)
    for hit in told_by_clause(scene, sentence):
        overlaps = any(h.start < hit.end and hit.start < h.end for h in first.values())
        if not overlaps and not scene.document.in_quotation(hit.start) and not _is_frame(scene, sentence, hit):
            first.setdefault(hit.key, hit)
    return list(first.values())


def _is_frame(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Does a sentence name a forum only as where something else took place: `На полях сессии … состоялась встреча`?"""
    first = scene.document.tokens(hit.start, hit.start + 1)[0]
    if hit.key not in {"Conference", "Ceremony", "Signing"} or first.pos_ == "VERB":
        return False
    comma = scene.document.folded.find(",", hit.start, hit.end)
    if comma >= 0 and (scene.document.lang == "kk" or _TOLD_OF.match(scene.document.folded, comma)):
        return False
    lead = scene.cues("frame", replace(sentence, end=hit.start))
    return (
        bool(lead)
        and len(words := scene.document.text[lead[-1].end : hit.start].split()) <= _FRAME
        and not any(w[-1] in ",.;:" for w in words)
    )


def _is_main(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Does a hit open an occasion? One that tells who attends does so where its verb ends the clause, unlike `форумға қатысты мәселелер`;
    one that tells that somebody goes or stays, where the sentence says whither or where."""
    if hit.row["opens"] == "attends":
        return scene.document.lang != "kk" or not re.match(r" (?!және\b|деп\b)", scene.document.text[hit.end :])
    if hit.row["opens"] in {"goes", "stays"}:
        return _says_where(scene, sentence, hit)
    return hit.row["opens"] == "main"


def _says_where(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Does a sentence name the place to which somebody goes, or right beside the verb the one where he stays?"""
    document, stays = scene.document, hit.row["opens"] == "stays"
    places = [s for s in scene.within(sentence.start, sentence.end) if s.kind in {"City", "Region", "Country"}]
    if document.lang != "kk":
        return any(_IN.search(document.folded[sentence.start : s.start]) and abs(s.start - hit.start) <= _REACH for s in places)
    before = document.tokens(max(sentence.start, hit.start - 2), hit.start)[-1] if hit.start > sentence.start else None
    if before is not None and before.morph.get("VerbForm", []) == ["Conv"]:  # `жұмыс істеп келеді`
        return False
    cases = {"Loc"} if stays else {"Dat"}
    return any(s.end <= hit.start and _case_of_place(scene, s) in cases and (not stays or hit.start - s.end <= _BESIDE) for s in places)


def told_from(scene: Scene, sentence: Sentence, offset: int) -> int | None:
    """Where the words begin that somebody is reported to have said, `…айтты: …`, when an offset lies in them."""
    colon = scene.document.text.rfind(":", sentence.start, offset)
    said = colon > 0 and scene.has_cue("speech", replace(sentence, end=colon))
    return colon + 1 if said else None


def place_of(scene: Scene, occasion: Occasion) -> str | None:
    """A place that the sentence states as where: in the locative, or behind `в`, `in`, `at`; for a visit, where it goes."""
    document = scene.document
    options = [s for s in scene.within(occasion.sentence.start, occasion.sentence.end) if s.kind in {"City", "Region", "Country"}]
    if document.lang != "kk":  # where an envoy is posted is not yet where he goes
        options = [s for s in options if not any(h.accredited_to == s for h in scene.held)]
    for span in options:
        if span.kind == "Country" and occasion.kind not in {"Visit", "Vote"} or document.in_brackets(span.start):
            continue
        lead = document.folded[max(0, span.start - 14) : span.start]
        if document.lang == "kk":
            cases = {"Loc", "Dat"} if occasion.kind == "Visit" else {"Loc"}
            if (_case_of_place(scene, span) in cases or _holds_building(scene, span)) and _is_own(scene, span, occasion):
                return scene.key(span)
            if occasion.kind == "Visit" and document.folded.startswith(" сапар", span.end):
                return scene.key(span)
        elif lead.rstrip('«" ').endswith(
            (" в", " in", " at", " to", " во", "in the city of", "в городе", " visited", " посетил", "\nв", "\nin")
        ):
            return scene.key(span)
    return None


def _is_own(scene: Scene, span: Span, occasion: Occasion) -> bool:
    """Is an occasion the first that the words behind a place tell: `Римде өтетін саммитке дайындықты талқылады`?"""
    behind = [h for h in openings(scene, occasion.sentence) if h.start >= span.end]
    return not behind or behind[0].key == occasion.kind or occasion.trigger.start < span.start


def _case_of_place(scene: Scene, span: Span) -> str:
    """The case of a place, which a noun behind it may carry: `Астана қаласында`; none of `Алматыдағы`."""
    document = scene.document
    noun = _PLACE_NOUN.match(document.folded[span.end :])
    start, end = (span.end + 1, span.end + noun.end()) if noun and document.case(span.start, span.end) == "Nom" else (span.start, span.end)
    return "" if document.is_attributive(start, end) else document.case(start, end)


def _holds_building(scene: Scene, span: Span) -> bool:
    """Does a place only tell where the house stands that is told: `Таллиннің Кадриорг сарайында`, `Алматыдағы Достық үйінде`?"""
    document = scene.document
    noun = _PLACE_NOUN.match(document.folded[span.end :])
    tokens = document.tokens(span.start, span.end + (noun.end() if noun else 0))
    if _HOUSES.match(document.folded[span.end :]) and tokens[-1].morph.get("Case", ["Nom"]) == ["Nom"]:
        return True
    if tokens[-1].morph.get("Case", []) != ["Gen"] and tokens[-1].morph.get("Attr", []) != ["Yes"]:
        return False
    for token in document.doc[tokens.end : tokens.end + _HOUSE]:
        if (
            token.is_punct
            and token.text not in '«»“”"'
            or token.pos_ == "VERB"
            or any(s.kind == "Person" for s in scene.within(token.idx, token.idx + 1))
        ):
            return False
        if token.morph.get("Case", []) == ["Loc"] and not token.morph.get("Attr", []):
            return True
    return False
