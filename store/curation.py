"""What a release's graph says once decisions are taken into account: N-Quads in, N-Quads out, nothing else looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from elshi.ontology import literals
from elshi.ontology.graph import in_lines
from elshi.ontology.vocab import expand
from elshi.store.decisions import Decision

__all__ = ["curated"]

_LINE: Final = re.compile(r"(<[^>]*>|_:\S+) (<[^>]*>) (.*) (<[^>]*>) \.$")
#: What a thing has one of at most, so that of two things that are one the survivor's stays.
_SINGLE: Final = frozenset(map(literals.node, map(expand, (
    "schema:foundingDate", "elshi:country", "elshi:linkReason", "elshi:isoCode", "schema:location", "org:subOrganizationOf", "schema:containedInPlace",
))))  # fmt: skip
_TYPE, _LABEL, _OTHER, _SURE, _ABOUT, _BODY, _EVIDENCE, _GUESS, _PARTICIPANT = (
    literals.node(expand(name)) for name in (
        "rdf:type", "rdfs:label", "skos:altLabel", "elshi:confidence", "elshi:about", "oa:hasBody", "elshi:evidence",
        "elshi:candidateFor", "elshi:participant",
    )
)  # fmt: skip
_FACT, _RELEASE = literals.node(expand("elshi:Fact")), literals.node(expand("elshi:Release"))
_PARTS: Final = ("#target", "#position", "#quote")
_CERTAIN: Final = literals.decimal(1)


class _Triple(NamedTuple):
    subject: str
    predicate: str
    value: str


def curated(rows: str, decisions: Sequence[Decision]) -> str | None:
    """Return the graph of a release as decisions leave it, None where the release itself was retracted.

    What is decided about things that the graph does not hold changes nothing. The order of the decisions does not
    matter: a release is split, then merged, then rid of what was rejected, then given its names.
    """
    if not decisions:
        return rows
    triples, graph = _read(rows)
    release = next((t.subject for t in triples if t.predicate == _TYPE and t.value == _RELEASE), "")
    if any(release in _nodes(d.about) for d in decisions if d.verdict == "retracted"):
        return None
    splits = {old: new for d in decisions if d.verdict == "split" and release in _nodes(d.within) for old, new in _pairs(d)}
    triples = _renamed(triples, splits)
    triples = _joined(triples, _closed({old: new for d in decisions if d.verdict == "merged" for old, new in _pairs(d)}))
    rejected = {iri for d in decisions if d.verdict in ("rejected", "retracted") for iri in _nodes(d.about)}
    triples = _rid(triples, rejected) if rejected else triples
    triples = _accepted(triples, {iri for d in decisions if d.verdict == "accepted" for iri in _nodes(d.about)})
    named = [d for d in decisions if d.label and (d.verdict == "relabelled" or release in _nodes(d.within))]
    for decision in named:
        triples = _named(triples, decision)
    kept = dict.fromkeys(triples)
    return rows if list(kept) == _read(rows)[0] else "".join(f"{s} {p} {o} {graph} .\n" for s, p, o in kept)


def _read(rows: str) -> tuple[list[_Triple], str]:
    triples, graph = [], ""
    for line in in_lines(rows):
        match = _LINE.match(line)
        if match:
            triples.append(_Triple(*match.group(1, 2, 3)))
            graph = match[4]
    return triples, graph


def _nodes(iris: Iterable[str]) -> frozenset[str]:
    return frozenset(map(literals.node, iris))


def _pairs(decision: Decision) -> list[tuple[str, str]]:
    return [(literals.node(iri), literals.node(decision.into)) for iri in decision.about if decision.into and iri != decision.into]


def _closed(names: dict[str, str]) -> dict[str, str]:
    """What each thing is in the end, where what it was merged into was merged itself; a ring ends at its least name."""
    found = {}
    for name in names:
        path = [name]
        while path[-1] in names and names[path[-1]] not in path:
            path.append(names[path[-1]])
        found[name] = min(path[path.index(names[path[-1]]) :]) if path[-1] in names else path[-1]
    return {old: new for old, new in found.items() if old != new}


def _renamed(triples: list[_Triple], names: dict[str, str]) -> list[_Triple]:
    if not names:
        return triples
    return [_Triple(names.get(s, s), p, names.get(o, o)) for s, p, o in triples]


def _joined(triples: list[_Triple], names: dict[str, str]) -> list[_Triple]:
    """Make one thing of two: the survivor's name stays its name, the other's becomes one that it goes by too."""
    if not names:
        return triples
    own = {(s, _slot(p, o)) for s, p, o in triples if s not in names}
    kept = []
    for s, p, o in triples:
        survivor = names.get(s)
        if survivor and (survivor, _slot(p, o)) in own:
            if p in _SINGLE:
                continue
            p = _OTHER if p == _LABEL else p
        elif survivor and (p == _LABEL or p in _SINGLE):
            own.add((survivor, _slot(p, o)))
        kept.append(_Triple(s, p, o))
    return [t for t in _renamed(kept, names) if t.subject != t.value]


def _slot(predicate: str, value: str) -> str:
    """What a thing has one of: a property, or its name in a language."""
    return f"{predicate}@{value.rpartition('@')[2]}" if predicate == _LABEL else predicate


def _rid(triples: list[_Triple], gone: set[str]) -> list[_Triple]:
    """Take out facts, guesses and things that are not so, with what quotes them and what says no more without them."""
    facts = {t.subject for t in triples if t.predicate == _TYPE and t.value == _FACT}
    company: dict[str, set[str]] = {}
    for s, p, o in triples:
        if p == _PARTICIPANT:
            company.setdefault(s, set()).add(o)
    gone = set(gone)
    while True:
        more = {
            s for s, p, o in triples
            if o in gone and s not in gone and s in facts and (p == _ABOUT or p != _EVIDENCE and o not in facts and len(company.get(s, set()) - gone) < 2)
        } | {s for s, p, o in triples if o in gone and s not in gone and p in (_BODY, _GUESS)}  # fmt: skip
        if not more:
            break
        gone |= more
    gone |= {f"{iri[:-1]}{part}>" for iri in gone for part in _PARTS}
    return [t for t in triples if t.subject not in gone and t.value not in gone]


def _accepted(triples: list[_Triple], sure: set[str]) -> list[_Triple]:
    """Facts that somebody vouches for are certain; a thing whose record is known needs no more guesses."""
    guesses = {s for s, p, o in triples if p == _GUESS and o in sure}
    kept = [t for t in triples if t.subject not in guesses]
    return [_Triple(s, p, _CERTAIN if p == _SURE and s in sure else o) for s, p, o in kept]


def _named(triples: list[_Triple], decision: Decision) -> list[_Triple]:
    """Call a thing by a name where it had another in that language, which becomes one that it goes by too."""
    assert decision.label
    label = literals.tagged(*decision.label)
    things = _nodes((decision.into,) if decision.verdict == "split" and decision.into else decision.about)
    there = things & {s for s, p, o in triples if p == _LABEL and _slot(p, o) == _slot(p, label)}
    changed = [
        _Triple(s, _OTHER, o) if s in there and p == _LABEL and _slot(p, o) == _slot(p, label) and o != label else _Triple(s, p, o)
        for s, p, o in triples
    ]
    return [t for t in changed if not (t.subject in there and t.predicate == _OTHER and t.value == label)] + [
        _Triple(thing, _LABEL, label) for thing in sorted(there)
    ]
