"""What parties do together and how far it has come: agreements from documents, cooperation from talks and ties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.common_bodies import bodies_meant
from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.groups import groups
from elshi.ingest.annotate.kazakh_pairs import both_meant, partners_of_subject
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.pairs import pair_meant
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.model import Agreement, Cooperation

__all__ = ["find_agreements", "find_cooperations"]

_BY = "commitments/1"
_PRONOUN: Final = re.compile(r"(?:он|она|he|she)[ \u00a0]")
#: Sentences after the one that opens a meeting in which its talks are still told.
_TALK_REACH: Final = 14
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
_TOGETHER: Final = {"kk": re.compile(r"\b(?:бірлес|бірге\b|ортақ|бірігіп)"), "ru": re.compile(r"\b(?:совместн|сообща\b|двудипломн)")}
#: Steps at which a document exists at least as a plan; below them there is only talk.
_DOCUMENT_STEPS: Final = ("planned", "signed", "existing", "agreed")
#: Bodies a state works with: not its own ministries, not the clubs of states.
_PARTNERS: Final = frozenset(
    "University ResearchCentre ResearchInstitute School Campus Company Foundation Organization InternationalOrganization".split()
)
_STEPS: Final = ("existing", "signed", "agreed", "planned", "readiness", "interest", "considered", "discussed", "informed")


@lru_cache(maxsize=4)
def _documents(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "documents"))


@lru_cache(maxsize=4)
def _commitments(lang: str) -> tuple[PatternTable, dict[int, int]]:
    """The table of steps and the place of each of its rows."""
    rows = read_table(lang, "commitments")
    return PatternTable(rows), {id(row): place for place, row in enumerate(rows)}


def step_of(scene: Scene, start: int, end: int) -> str | None:
    """The commitment step that a stretch states, by the row that stands first in the table; None where it states none."""
    table, place = _commitments(scene.document.lang)
    surest = min(table.every(scene.document.folded, start, end), key=lambda h: place[id(h.row)], default=None)
    return surest.key if surest else None


def find_agreements(scene: Scene, occasions: list[Occasion]) -> tuple[Agreement, ...]:
    """Documents between parties: signed in what is reported, in force before it, or still to come."""
    found: list[Agreement] = []
    for sentence in scene.document.body:
        hits = [
            h
            for h in _documents(scene.document.lang).every(scene.document.folded, sentence.start, sentence.end)
            if not scene.document.in_quotation(h.start)
        ]
        if not hits or scene.has_cue("beside-signing", sentence):
            continue
        step = step_of(scene, sentence.start, sentence.end)
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
    if len(dates) > 1 and scene.document.lang != "kk" and (sign := _signing_word(scene, sentence)) is not None:
        day = min(dates, key=lambda d: max(d.start - sign.end, sign.start - d.end, 0)).name
    if day and today and day[:4] < today[:4] and (step != "planned"):
        return "existing", day
    if day is None and step == "signed":
        signing = next((o for o in occasions if o.kind == "Signing" and sentence in o.sentences), None)
        day = signing.start if signing else None
    if day and today and day > today[: len(day)] and step == "signed":
        step = "planned"
    return step, day if step in {"signed", "existing"} else None


def _signing_word(scene: Scene, sentence: Sentence) -> Hit | None:
    """The word by which a sentence says that something was signed."""
    hits = _commitments(scene.document.lang)[0].every(scene.document.folded, sentence.start, sentence.end)
    return next((h for h in hits if h.key == "signed"), None)


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
    if any(_is_of_document(scene, sentence, cue) for cue in scene.cues("pair-state", sentence)):
        return scene.states()
    return pair_meant(scene, sentence) or (found[-1].parties if found and scene.has_cue("pair-body", sentence) else ())


def _is_of_document(scene: Scene, sentence: Sentence, cue: Hit) -> bool:
    """Do the words for two states stand beside a document in Russian, and do not tell whose people it is for: `студенты двух стран`?"""
    if scene.document.lang != "ru":
        return True
    hits = _documents("ru").every(scene.document.folded, sentence.start, sentence.end)
    return any(max(h.start - cue.end, cue.start - h.end) < _BESIDE for h in hits)


def find_cooperations(scene: Scene, occasions: Iterable[Occasion], agreements: Iterable[Agreement]) -> tuple[Cooperation, ...]:
    """What the sides of a meeting talk over, what stands between named parties, what an agreement sets up."""
    found: dict[frozenset[str], Cooperation] = {}
    known = list(occasions)
    for occasion in known:
        sides = scene.sides(occasion.persons)
        talks = {"Meeting", "Call", "Presentation", "Visit"} if scene.document.lang == "kk" else {"Meeting", "Call", "Presentation"}
        if occasion.kind in talks and len(sides) == 2 and occasion.status == "held":
            step = next((s for x in _following(scene, occasion) if (s := step_of(scene, x.start, x.end))), "discussed")
            step = step if step not in {"signed", "existing", "planned"} else "discussed"
            _weigh(found, sides, step, scene, occasion.sentences)
    for sentence in scene.document.body:
        stated = step_of(scene, sentence.start, sentence.end)
        if stated and (pair := both_meant(scene, sentence) or partners_of_subject(scene, sentence) or pair_meant(scene, sentence)):
            _weigh(found, pair, "planned" if stated == "signed" else stated, scene, [sentence])
        for group in groups(scene, sentence):
            joint = _is_joint(scene, sentence)
            stated = stated or ("discussed" if joint and scene.document.lang == "ru" else None)
            if stated and (group.between or stated in {"planned", "agreed"} or joint) and len(group.keys) <= 5:
                _weigh(found, group.keys, "planned" if stated == "signed" else stated, scene, [sentence])
    for sentence, parties, step in [*_partners(scene, known), *_memberships(scene)]:
        _weigh(found, parties, step, scene, [sentence])
    for agreement in agreements:
        step = "existing" if agreement.commitment == "existing" else "planned"
        _weigh(found, agreement.parties, step, scene, [scene.document.sentence_at(agreement.evidence[0].start)])
    return tuple(found.values())


def _is_joint(scene: Scene, sentence: Sentence) -> bool:
    """Is what is told done together: `бірлескен зертхана`, `ортақ жоба`, `совместная магистратура`?"""
    together = _TOGETHER.get(scene.document.lang)
    return together is not None and together.search(scene.document.folded, sentence.start, sentence.end) is not None


def _partners(scene: Scene, occasions: list[Occasion]) -> Iterator[tuple[Sentence, tuple[str, ...], str]]:
    """A body that the talks of a state with another side single out for joint work: `STAR институтымен … талқыланды`."""
    talks = [o for o in occasions if o.kind in {"Meeting", "Call", "Visit"} and o.status == "held" and len(scene.sides(o.persons)) == 2]
    for sentence in scene.document.body:
        open_talk = next((o for o in reversed(talks) if o.sentence.index < sentence.index <= o.sentence.index + _TALK_REACH), None)
        step = step_of(scene, sentence.start, sentence.end)
        if open_talk is None or step not in {"considered", "discussed", "interest", "readiness"}:
            continue
        sides = scene.sides(open_talk.persons)
        state = next((k for k in sides if scene.things[k].kind == "Country"), None)
        named = [s for s in scene.bodies(sentence) if not scene.document.is_attributive(s.start, s.end)]
        bodies = [k for s in named if (k := scene.key(s)) and scene.things[k].kind in _PARTNERS and k not in sides]
        if state and len(set(bodies)) == 1:
            yield sentence, _joined(scene, sides, state, bodies[0]), step


def _joined(scene: Scene, sides: tuple[str, ...], state: str, body: str) -> tuple[str, str]:
    """Whom a body that talks single out works with: the state, or where it is that state's own body the other side."""
    other = next((side for side in sides if side != state), state)
    alike = scene.document.lang == "kk" and scene.things[body].kind == scene.things[other].kind != "Country"
    return (other if alike or scene.things[body].country == scene.things[state].country else state), body


def _memberships(scene: Scene) -> Iterator[tuple[Sentence, tuple[str, ...], str]]:
    """A body that takes part in another's projects or programmes works with it."""
    for sentence in scene.document.body:
        if not scene.has_cue("takes-part", sentence):
            continue
        spans = [(s, t) for s in scene.bodies(sentence) if (t := scene.things.of(s))]
        hosts = [t for _, t in spans if t.kind == "InternationalOrganization"]
        members = [t for _, t in spans if t.kind in {"University", "Company", "Country"}]
        member = members[0] if members else scene.last_body(sentence, {"University"})
        yield from ((sentence, (member.key, host.key), "existing") for host in hosts if member is not None)


def _following(scene: Scene, occasion: Occasion) -> list[Sentence]:
    """The sentence of an occasion and the two after it in which its subjects stand."""
    at = scene.document.sentences.index(occasion.sentence)
    return list(scene.document.sentences[at : at + 3])


def _weigh(found: dict[frozenset[str], Cooperation], parties: tuple[str, ...], step: str, scene: Scene, sentences: list[Sentence]) -> None:
    key = frozenset(parties)
    evidence = tuple(m for s in sentences for m in scene.document.evidence(s, by=_BY))
    if key not in found:
        found[key] = Cooperation(f"c{len(found) + 1}", parties, step, evidence)
    elif _STEPS.index(step) < _STEPS.index(found[key].commitment):
        found[key] = replace(found[key], commitment=step, evidence=found[key].evidence + evidence)
