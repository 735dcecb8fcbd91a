"""What alignment looks at in a release: whom and what it names, its figures, its sentences and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import msgspec

from elshi.ontology.graph import in_lines, quads
from elshi.ontology.vocab import EVENT_KINDS, expand
from elshi.stories.text import Passage, numbers, passages

__all__ = ["Fact", "Sketch", "sketch"]

#: Kinds of fact that may be told in several releases and then are one node.
ALIGNED: Final = (*EVENT_KINDS, "Event", "Agreement", "Cooperation", "Statistic")
#: Bodies that stand in nearly every release and so tell nothing.
_HUBS: Final = ("elshi:Ministry", "elshi:InternationalOrganization", "elshi:GovernmentBody", "elshi:Parliament", "elshi:Embassy")
#: The properties that are read.
_READ: Final = (
    "rdf:type", "rdfs:label", "schema:articleBody", "dcterms:source", "schema:inLanguage", "dcterms:creator", "dcterms:issued",
    "elshi:headerDate", "dcterms:publisher", "elshi:alternate", "elshi:dateValue", "elshi:participant", "elshi:party", "elshi:topic",
    "schema:startDate", "elshi:signedOn", "schema:endDate", "schema:location", "elshi:about", "elshi:commitment", "elshi:measure",
    "elshi:fromCountry", "elshi:counterpart", "schema:value", "org:member", "org:role", "org:organization", "elshi:represents",
)  # fmt: skip
_Node = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as a release states it; things are named by their IRIs."""

    iri: str
    kind: str  # Meeting, ..., Agreement, Cooperation, Statistic
    who: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    start: str = ""  # YYYY-MM-DD, YYYY-MM or YYYY
    end: str = ""
    place: str = ""
    about: str = ""
    what: tuple[str, ...] = ()  # commitment; or measure, country of origin, counterpart
    value: str = ""

    @property
    def span(self) -> str:
        """When it was, as `start/end`; "" where that is not stated."""
        return f"{self.start}/{self.end}" if self.start else ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A release, as far as it matters for finding other tellings of what it tells."""

    graph: str
    release: str
    lang: str
    day: str  # YYYY-MM-DD, "" where none is known
    site: str  # who published it: a node, or the host of its address
    credits: bool  # whether it names another as its source
    url: str
    alternates: tuple[str, ...]  # addresses of the versions that its page declares
    persons: tuple[tuple[str, str], ...]  # (IRI, name in the language of the release)
    bodies: tuple[str, ...]  # organisations that not every release names
    hubs: tuple[str, ...]  # those that do
    towns: tuple[str, ...]
    countries: tuple[str, ...]
    dates: tuple[str, ...]  # days stated in full
    figures: tuple[str, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    offices: tuple[tuple[str, str, str], ...] = ()  # (person, role, the body or state it is held for)

    @property
    def ordinal(self) -> int | None:
        """The day as a number."""
        return date.fromisoformat(self.day).toordinal() if self.day else None

    def to_bytes(self) -> bytes:
        """A compact form, from which `from_bytes` makes an equal Sketch."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def from_bytes(cls, packed: bytes) -> Sketch:
        """Read what `to_bytes` wrote."""
        return msgspec.msgpack.decode(packed, type=cls)


def sketch(rows: str) -> Sketch | None:
    """Return the sketch of a release's graph, given as N-Quads with one space between terms; None where the rows hold no release."""
    nodes: dict[str, dict[str, list[str]]] = {}
    graph = ""
    for quad in quads("\n".join(_telling(rows))):
        graph = graph or quad.graph_name.value  # type: ignore[union-attr]  # the rows of a release stand in a named graph
        nodes.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)  # type: ignore[union-attr]
    release = next((iri for iri, node in nodes.items() if _iri("elshi:Release") in node.get(_TYPE, ())), None)
    return _drawn(graph, release, nodes) if release else None


def _telling(rows: str) -> list[str]:
    """The lines that are looked at: most of a graph is where its mentions stand, which tells nothing here."""
    read = _read()
    return [line for line in in_lines(rows) if (terms := line.split(" ", 2))[1] in read and "/mention/" not in terms[0]]


def _drawn(graph: str, release: str, nodes: Mapping[str, _Node]) -> Sketch:
    head = nodes[release]
    text, url = _first(head, "schema:articleBody"), _first(head, "dcterms:source")
    named: dict[str, list[str]] = {}
    for iri, node in nodes.items():
        for slot in _slots(node.get(_TYPE, ())):
            named.setdefault(slot, []).append(iri)
    return Sketch(
        graph=graph, release=release, lang=_first(head, "schema:inLanguage"), url=url, credits=_property("dcterms:creator") in head,
        day=_first(head, "dcterms:issued") or _first(head, "elshi:headerDate"),
        site=_first(head, "dcterms:publisher") or urlsplit(url).netloc,
        alternates=_all(head, "elshi:alternate"),
        persons=tuple((iri, _first(nodes[iri], "rdfs:label")) for iri in sorted(named.get("persons", ()))),
        bodies=_sorted(named.get("bodies", ())), hubs=_sorted(named.get("hubs", ())),
        towns=_sorted(named.get("towns", ())), countries=_sorted(named.get("countries", ())),
        dates=_sorted({d for iri in named.get("dates", ()) for d in nodes[iri].get(_property("elshi:dateValue"), ()) if len(d) == 10}),
        figures=_sorted(numbers(text)),
        passages=tuple(passages(text)),
        facts=tuple(_fact(iri, nodes[iri]) for iri in sorted(named.get("facts", ()))),
        offices=tuple(sorted({office for node in nodes.values() if _iri("elshi:Position") in node.get(_TYPE, ()) for office in _offices(node)})),
    )  # fmt: skip


def _slots(classes: Iterable[str]) -> Iterable[str]:
    if _iri("schema:Person") in classes:
        yield "persons"
    elif _iri("org:Organization") in classes:
        yield "hubs" if any(_iri(hub) in classes for hub in _HUBS) else "bodies"
    elif _iri("schema:Country") in classes:
        yield "countries"
    elif _iri("schema:Place") in classes:
        yield "towns"
    elif _iri("elshi:StatedDate") in classes:
        yield "dates"
    elif _iri("elshi:Fact") in classes and _kind(classes):
        yield "facts"


def _kind(classes: Iterable[str]) -> str:
    return next((kind for kind in ALIGNED if _iri(f"elshi:{kind}") in classes), "")


def _fact(iri: str, node: _Node) -> Fact:
    return Fact(
        iri, _kind(node[_TYPE]), _all(node, "elshi:participant"), _all(node, "elshi:party"), _all(node, "elshi:topic"),
        _first(node, "schema:startDate") or _first(node, "elshi:signedOn"), _first(node, "schema:endDate"), _first(node, "schema:location"),
        _first(node, "elshi:about"),
        tuple(_first(node, name) for name in ("elshi:commitment", "elshi:measure", "elshi:fromCountry", "elshi:counterpart")),
        _first(node, "schema:value"),
    )  # fmt: skip


def _offices(node: _Node) -> Iterable[tuple[str, str, str]]:
    """The office that a position is, once for the body and once for the state that it is held for."""
    for name in ("org:organization", "elshi:represents"):
        if whose := _first(node, name):
            yield _first(node, "org:member"), _first(node, "org:role"), whose


@cache
def _read() -> frozenset[str]:
    return frozenset(f"<{_iri(name)}>" for name in _READ)


@cache
def _property(name: str) -> str:
    assert name in _READ, f"{name} is not read"
    return _iri(name)


@cache
def _iri(name: str) -> str:
    return expand(name)


_TYPE: Final = expand("rdf:type")


def _all(node: _Node, name: str) -> tuple[str, ...]:
    return _sorted(node.get(_property(name), ()))


def _first(node: _Node, name: str) -> str:
    return min(node.get(_property(name), ()), default="")


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
