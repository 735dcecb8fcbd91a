"""What parties do together and how far it has come: whoever a text brings together is proposed, and weights say which are meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Final

from elshi import resource
from elshi.ingest.annotate.bonds import bonds, kinds, nearness
from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.groups import groups
from elshi.ingest.annotate.kazakh_pairs import both_meant, partners_of_subject
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.pairs import pair_meant
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.annotate.steps import STEPS, documents, step_of
from elshi.ingest.annotate.topics import topics_in
from elshi.ingest.model import Agreement, Cooperation

__all__ = ["SURE", "Proposal", "find_cooperations", "proposals", "to_cooperation"]

_BY: Final = "commitments/2"
_FILE: Final = "data/models/cooperation.tsv"
#: How likely two parties must be meant.
SURE: Final = 0.4
_TALKS: Final = frozenset({"Meeting", "Call", "Visit", "Presentation", "Conference", "Ceremony"})
#: Sentences after the one that opens talks in which they are still told, and in which their subject stands.
_REACH: Final = 6
_FOLLOWING: Final = 3
#: Sentences after the one that opens a meeting in which a body it singles out may be told.
_TALK_REACH: Final = 14
_PARTIES: Final = 5
#: Bodies a state works with: not its own ministries, not the clubs of states.
_PARTNERS: Final = frozenset(
    "University ResearchCentre ResearchInstitute School Campus Company Foundation Organization InternationalOrganization".split()
)
_CUES: Final = ("joint", "tie", "sides", "speech", "takes-part", "pair-body", "pair-state")
_LINKS: Final[tuple[str, ...]] = ("and", "between", "with first", "with second")


@dataclass(frozen=True, slots=True)
class Support:
    """One place where a text brings parties together: what says so, how far they are, which sentences; `loose` without a word that links them."""

    signs: tuple[str, ...]
    step: str
    sentences: tuple[Sentence, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Parties that may be meant to do something together, with everything that says so."""

    parties: tuple[str, ...]
    signs: frozenset[str]
    supports: tuple[Support, ...]

    @property
    def step(self) -> str:
        """The firmest step of what is said in so many words, else of all."""
        told = [s.step for s in self.supports if not s.loose] or [s.step for s in self.supports]
        return min(told, key=STEPS.index)

    @property
    def sentences(self) -> list[Sentence]:
        """Where it is said, in the order of the text."""
        told = [s for s in self.supports if not s.loose] or self.supports[:1]
        return sorted({x.start: x for s in told for x in s.sentences}.values(), key=lambda x: x.start)


def find_cooperations(scene: Scene, occasions: Sequence[Occasion], agreements: Iterable[Agreement]) -> tuple[Cooperation, ...]:
    """Those of the proposed parties that the weights take to be meant."""
    likely = [p for p in proposals(scene, occasions, agreements) if _likelihood(p) >= SURE]
    return tuple(to_cooperation(scene, proposal, f"c{n}") for n, proposal in enumerate(likely, 1))


def to_cooperation(scene: Scene, proposal: Proposal, identifier: str) -> Cooperation:
    """A proposal as the fact it states."""
    evidence = tuple(m for s in proposal.sentences for m in scene.document.evidence(s, by=_BY))
    return Cooperation(identifier, proposal.parties, proposal.step, evidence)


def _likelihood(proposal: Proposal) -> float:
    weights = _weights()
    return 1 / (1 + exp(-weights["always"] - sum(weights.get(sign, 0.0) for sign in proposal.signs)))


@cache
def _weights() -> dict[str, float]:
    """The weight of each sign in log-odds, made by `training/cooperation`; a sign that was never met weighs nothing."""
    _, *lines = resource(_FILE).read_text(encoding="utf-8").splitlines()
    return {sign: float(weight) for sign, weight, *_ in (line.split("\t") for line in lines)}


def proposals(scene: Scene, occasions: Sequence[Occasion], agreements: Iterable[Agreement]) -> list[Proposal]:
    """Everybody whom a text brings together, once for each set of parties, in the order of the rules."""
    found: dict[frozenset[str], list[Support]] = defaultdict(list)
    order: dict[frozenset[str], tuple[str, ...]] = {}
    for parties, support in _supports(scene, occasions, agreements):
        found[frozenset(parties)].append(support)
        order.setdefault(frozenset(parties), parties)
    return [_proposal(scene, order[key], supports) for key, supports in found.items()]


def _proposal(scene: Scene, parties: tuple[str, ...], supports: list[Support]) -> Proposal:
    signs = {sign for support in supports for sign in support.signs} | {
        f"supports {min(len(supports), 5)}",
        f"bound {min(len(parties), 4)}",
    }
    if len(parties) == len("ab"):
        signs |= {kinds(scene, parties), nearness(scene, parties)}
    return Proposal(parties, frozenset(signs), tuple(supports))


def _supports(scene: Scene, occasions: Sequence[Occasion], agreements: Iterable[Agreement]) -> Iterator[tuple[tuple[str, ...], Support]]:
    for occasion in occasions:
        if len(sides := scene.sides(occasion.persons)) == len("ab"):
            yield sides, _talk(scene, occasion, sides)
    for sentence in scene.document.body:
        if scene.has_cue("denied", sentence):
            continue
        yield from _told(scene, sentence)
        yield from _bound(scene, sentence, occasions)
    for name, told in (("partner", _partners(scene, occasions)), ("member", _memberships(scene))):
        yield from ((parties, Support((name, f"{name} {step}"), step, (sentence,))) for sentence, parties, step in told)
    for agreement in agreements:
        step = "existing" if agreement.commitment == "existing" else "planned"
        where = scene.document.sentence_at(agreement.evidence[0].start)
        yield agreement.parties, Support(("document of both", f"document of both {agreement.commitment}"), step, (where,))


def _talk(scene: Scene, occasion: Occasion, sides: tuple[str, ...]) -> Support:
    """What the sides of an occasion talk over."""
    at = scene.document.sentences.index(occasion.sentence)
    following = scene.document.sentences[at : at + _FOLLOWING]
    step = next((s for x in following if (s := step_of(scene, x))), None)
    own = step_of(scene, occasion.sentence)
    signs = [
        "talk", f"talk {occasion.kind}", f"talk {occasion.status}", f"talk step {step}", f"talk own step {own}",
        f"talk topics {min(len(topics_in(scene.document, following)), 3)}", f"talk own topics {min(len(topics_in(scene.document, following[:1])), 2)}",
        f"talk persons {min(len(occasion.persons), 4)}", f"talk sentences {min(len(occasion.sentences), 3)}",
        *_rivals(scene, sides, following),
    ]  # fmt: skip
    if any(scene.has_cue("sides", x) and step_of(scene, x) for x in following):
        signs.append("talk of the sides")
    signs += ["talk told"] * occasion.told + ["talk stated"] * (step is not None)
    settled = "discussed" if step in {None, "signed", "existing", "planned"} else step
    return Support(tuple(signs), settled or "discussed", tuple(occasion.sentences))


def _rivals(scene: Scene, sides: tuple[str, ...], following: Sequence[Sentence]) -> Iterator[str]:
    """Do talks of a state with a body single out another body of that state, which then is meant: `обмен студентами с Университетом КИМЭП`?"""
    states = [k for k in sides if scene.things[k].kind == "Country"]
    if len(states) != 1:
        return
    home = scene.things[states[0]].country
    (body,) = (k for k in sides if k not in states)
    named = (t for x in following for s in scene.bodies(x) if (t := scene.things.of(s)) and t.key not in sides)
    rivals = [t for t in named if t.country == home and t.kind not in {"Country", "Embassy", "Ministry"}]
    if rivals:
        yield "talk rival"
    if any(t.kind == scene.things[body].kind for t in rivals):
        yield "talk rival alike"


def _told(scene: Scene, sentence: Sentence) -> Iterator[tuple[tuple[str, ...], Support]]:
    """Parties that stand in one coordination, or are meant by words for two."""
    step = step_of(scene, sentence)
    settled = "planned" if step == "signed" else step or "discussed"
    for group in groups(scene, sentence):
        if len(group.keys) <= _PARTIES:
            signs = ("group", *(("group between",) if group.between else ()), f"group step {step}")
            yield group.keys, Support(signs, settled, (sentence,), loose=step is None and not group.between)
    for name, rule in (("both", both_meant), ("with subject", partners_of_subject), ("pair", pair_meant)):
        if parties := rule(scene, sentence):
            yield parties, Support((name, f"{name} step {step}"), settled, (sentence,))


def _bound(scene: Scene, sentence: Sentence, occasions: Sequence[Occasion]) -> Iterator[tuple[tuple[str, ...], Support]]:
    """Any two parties of a sentence that tells of a step, or of something done together."""
    cues = [cue for cue in _CUES if scene.has_cue(cue, sentence)]
    step = step_of(scene, sentence)
    together = [cue for cue in cues if cue in {"joint", "tie"}]
    if step is None and not together:
        return
    common = [f"step {step}", *(f"cue {cue}" for cue in cues), f"topics {min(len(topics_in(scene.document, [sentence])), 2)}"]
    common += ["document"] * bool(documents(scene, sentence)) + ["quoted"] * scene.document.in_quotation(sentence.start + 1)
    for parties, signs in bonds(scene, sentence, _talk_before(scene, sentence, occasions)):
        links = [link for link in _LINKS if link in signs]
        pairs = [f"{link} & {cue}" for link in links or ["unlinked"] for cue in together]
        settled = "planned" if step == "signed" else step or ("existing" if links else "discussed")
        yield parties, Support((*signs, *common, *pairs), settled, (sentence,), loose=not links)


def _talk_before(scene: Scene, sentence: Sentence, occasions: Sequence[Occasion]) -> tuple[str, ...]:
    """The two sides of the talks that a sentence may go on with."""
    near = (o for o in reversed(occasions) if o.sentence.index < sentence.index <= o.sentence.index + _REACH and o.kind in _TALKS)
    return next((sides for o in near if len(sides := scene.sides(o.persons)) == len("ab")), ())


def _partners(scene: Scene, occasions: Sequence[Occasion]) -> Iterator[tuple[Sentence, tuple[str, ...], str]]:
    """A body that the talks of a state with another side single out for joint work: `STAR институтымен … талқыланды`."""
    talks = [o for o in occasions if o.kind in {"Meeting", "Call", "Visit"} and o.status == "held" and len(scene.sides(o.persons)) == 2]
    for sentence in scene.document.body:
        open_talk = next((o for o in reversed(talks) if o.sentence.index < sentence.index <= o.sentence.index + _TALK_REACH), None)
        step = step_of(scene, sentence)
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
        yield from ((sentence, (member.key, host.key), "existing") for host in hosts if member is not None and member.key != host.key)
