"""Documents between parties: signed in what is reported, in force before it, or still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from elshi.ingest.annotate.common_bodies import bodies_meant
from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.groups import groups
from elshi.ingest.annotate.kazakh_pairs import both_meant, partners_of_subject
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.pairs import pair_meant
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.annotate.steps import between_states, documents, signing_word, step_of
from elshi.ingest.model import Agreement

__all__ = ["find_agreements"]

_BY: Final = "commitments/1"
_PRONOUN: Final = re.compile(r"(?:он|она|he|she)[ \u00a0]")
#: Sides at most of an occasion that the words of a document leave to be understood.
_SIGNERS: Final = 3
#: Letters between a document and the words for its two states.
_BESIDE: Final = 45
#: Paragraphs in which an occasion stays the one whose sides sign.
_NEAR: Final = 2
#: How a Kazakh sentence begins that goes on with the document before it.
_SAME_DOCUMENT: Final = re.compile(
    r"(?:құжат|меморандум|келісім|хаттама|шарт)(?:ты|ді|ға|ге|қа|ке|та|те|да|де|тың|тің|ның|нің| аясында| шеңберінде)(?!\w)"
)
#: Steps at which a document exists at least as a plan; below them there is only talk.
_DOCUMENT_STEPS: Final = ("planned", "signed", "existing", "agreed")


def find_agreements(scene: Scene, occasions: list[Occasion]) -> tuple[Agreement, ...]:
    """Documents between parties: signed in what is reported, in force before it, or still to come."""
    found: list[Agreement] = []
    for sentence in scene.document.body:
        hits = [h for h in documents(scene, sentence) if not scene.document.in_quotation(h.start)]
        if not hits or scene.has_cue("beside-signing", sentence):
            continue
        step = step_of(scene, sentence)
        parties = _parties(scene, sentence, occasions, step, found)
        if step in _DOCUMENT_STEPS and len(parties) >= 2:
            step, day = _dated(scene, sentence, occasions, "planned" if step == "agreed" else step or "planned")
            label = scene.document.text[hits[0].start : hits[0].end]
            agreement = Agreement(
                f"a{len(found) + 1}", parties, step, scene.document.evidence(sentence, by=_BY), signed_on=day, label=label
            )
            _add(found, agreement)
    for agreement in _unnamed(scene, occasions, found):
        _add(found, replace(agreement, id=f"a{len(found) + 1}"))
    return tuple(found)


def _unnamed(scene: Scene, occasions: list[Occasion], found: list[Agreement]) -> Iterator[Agreement]:
    """What two sides signed where the sentence of the signing has no word for it: `Автографы под ним оставили … и …`."""
    told = {m.start for a in found for m in a.evidence}
    for occasion in occasions if scene.document.lang != "kk" else ():
        sides = scene.sides(occasion.persons)
        if occasion.kind != "Signing" or occasion.status != "held" or occasion.told or not 2 <= len(sides) <= _SIGNERS:
            continue
        if not any(s.start in told for s in occasion.sentences):
            evidence = tuple(m for s in occasion.sentences for m in scene.document.evidence(s, by=_BY))
            yield Agreement("", sides, "signed", evidence, signed_on=occasion.start)


def _add(found: list[Agreement], agreement: Agreement) -> None:
    """One document, one agreement: what a later sentence repeats joins the first."""
    for i, other in enumerate(found):
        same = set(other.parties) == set(agreement.parties)
        if same and agreement.commitment == "existing" and not agreement.signed_on and other.commitment == "signed":
            found[i] = replace(other, evidence=other.evidence + agreement.evidence)
            return
        if same and other.commitment == agreement.commitment and (other.signed_on == agreement.signed_on or not agreement.signed_on):
            found[i] = replace(other, evidence=other.evidence + agreement.evidence)
            return
    found.append(agreement)


def _dated(scene: Scene, sentence: Sentence, occasions: list[Occasion], step: str) -> tuple[str, str | None]:
    """The step set right by the date: a document of a past year exists; its day is the signing's."""
    today = scene.document.release.reported_on
    dates = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date" and s.get("form") != "years"]
    day = dates[-1].name if dates else None
    if len(dates) > 1 and scene.document.lang != "kk" and (sign := signing_word(scene, sentence)) is not None:
        day = min(dates, key=lambda d: max(d.start - sign.end, sign.start - d.end, 0)).name
    if day and today and day[:4] < today[:4] and (step != "planned"):
        return "existing", day
    if day is None and step == "signed":
        signing = next((o for o in occasions if o.kind == "Signing" and sentence in o.sentences), None)
        day = signing.start if signing else None
    if day and today and day > today[: len(day)] and step == "signed":
        step = "planned"
    return step, day if step in {"signed", "existing"} else None


def _parties(scene: Scene, sentence: Sentence, occasions: list[Occasion], step: str | None, found: list[Agreement]) -> tuple[str, ...]:
    """The parties of a document, by the surest of the ways in which a sentence can name them."""
    if found and scene.document.lang == "kk" and _SAME_DOCUMENT.match(scene.document.folded, sentence.start):
        return found[-1].parties
    if meant := both_meant(scene, sentence):
        return meant
    coordinated = groups(scene, sentence)
    signers = _signers(scene, sentence)
    sign = step == "signed" and 2 <= len(signers) <= _SIGNERS
    if coordinated and (coordinated[0].between or not sign):
        return coordinated[0].keys
    pair = () if sign else _pair(scene, sentence, found)
    if pair or len(signers) >= 2:
        return pair or signers
    bodies = tuple(dict.fromkeys(k for s in scene.bodies(sentence) if (k := scene.key(s))))
    if len(bodies) == 2 and step != "planned":
        return bodies
    meant = tuple(dict.fromkeys([*bodies, *(key for _, key in bodies_meant(scene, sentence))]))
    if len(meant) == 2 and scene.document.lang != "kk":
        return meant
    before = scene.document.sentences[max(0, sentence.index - 1)]
    joint = partners_of_subject(scene, before) if not bodies else ()
    repeated = scene.document.lang == "kk" and not bodies and found and found[-1].evidence[-1].start == before.start
    if joint or repeated:
        return joint or found[-1].parties
    sides = _open_sides(scene, sentence, occasions)
    if scene.document.lang == "en":
        sides = _two_of(scene, sentence, sides, found)
    return sides or (found[-1].parties if found else ())


def _two_of(scene: Scene, sentence: Sentence, sides: tuple[str, ...], found: list[Agreement]) -> tuple[str, ...]:
    """Of three sides those two that `the two universities` means, or whose document the text has just told."""
    schools = tuple(k for k in sides if scene.things[k].kind == "University")
    if len(sides) > len(schools) == len("ab") and scene.has_cue("pair-body", sentence):
        return schools
    return found[-1].parties if found and set(found[-1].parties) < set(sides) else sides


def _signers(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """The sides of the persons in a sentence, of whom a pronoun that opens it means the one the sentence before names: `Она же и …`."""
    persons = scene.persons(sentence)
    before = scene.document.sentences[max(0, sentence.index - 1)]
    if _PRONOUN.match(scene.document.folded, sentence.start) and len(last := scene.persons(before)) == 1:
        persons = [*last, *persons]
    return scene.sides(persons)


def _open_sides(scene: Scene, sentence: Sentence, occasions: list[Occasion]) -> tuple[str, ...]:
    """The sides of the last occasion told before a sentence and not too far from it: its persons', else the two bodies it names."""
    told = [o for o in occasions if o.sentence.start <= sentence.start and not (o.kind == "Signing" and o.sentence == sentence)]
    for occasion in reversed(told):
        if sentence.paragraph - occasion.sentence.paragraph > _NEAR:
            break
        sides = scene.sides(occasion.persons) or tuple(dict.fromkeys(occasion.bodies))
        if len(sides) > _SIGNERS:
            sides = scene.sides(scene.persons(occasion.sentence))
        if len(sides) >= 2:
            return sides if len(sides) <= _SIGNERS else ()
    return ()


def _pair(scene: Scene, sentence: Sentence, found: list[Agreement]) -> tuple[str, ...]:
    """The two that `екі ел`, `two universities`, `межправительственный` point to: the states of the text, the last parties."""
    if between_states(scene, sentence):
        return scene.states()
    if any(_is_of_document(scene, sentence, cue) for cue in scene.cues("pair-state", sentence)):
        return scene.states()
    return pair_meant(scene, sentence) or (found[-1].parties if found and scene.has_cue("pair-body", sentence) else ())


def _is_of_document(scene: Scene, sentence: Sentence, cue: Hit) -> bool:
    """Do the words for two states stand beside a document in Russian, and do not tell whose people it is for: `студенты двух стран`?"""
    if scene.document.lang != "ru":
        return True
    return any(max(h.start - cue.end, cue.start - h.end) < _BESIDE for h in documents(scene, sentence))
