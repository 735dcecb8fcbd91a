"""The terms explained: the ontology, its schemes and the shapes as pages, with the Turtle they are written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from elshi import resource
from elshi.ontology.graph import Blank, Triple, Value, shipped
from elshi.ontology.vocab import ONTOLOGY, expand, prefixes
from elshi.portal.export.folder import Folder
from elshi.portal.export.website import Website
from elshi.portal.jsonld import compact
from elshi.portal.labels import words
from elshi.portal.sections import Names

__all__ = ["SCHEMES", "Explained", "explained", "write_vocabulary"]

SCHEMES: Final = ("topics", "roles", "measures", "commitment")
_SHAPES: Final = ("release", "entities", "facts", "evidence")
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "classes": ("owl:Class",),
    "properties": ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property"),
    "individuals": ("owl:NamedIndividual",),
}
#: Relations of a term that its page shows, and the words for them.
_SHOWN: Final[Mapping[str, str]] = {
    "rdfs:subClassOf": "subclass_of", "rdfs:domain": "domain", "rdfs:range": "range", "skos:broader": "broader",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explained:
    """A term: its place on the page, its IRI, what it is called and what it is by language, and what it is related to."""

    anchor: str
    iri: str
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    related: tuple[tuple[str, tuple[str, ...]], ...]  # key of a word, IRIs


def write_vocabulary(site: Website, folder: Folder) -> list[str]:
    """Write the pages and files about the terms; return the stems of the pages."""
    _write_files(folder)
    for lang in site.languages:
        said = words(lang)
        parts = [(said[part], explained("ontology/elshi.ttl", *kinds)) for part, kinds in _KINDS.items()]
        _page(site, "ns/index", lang, said["vocabulary"], parts, "elshi.ttl")
        for scheme in SCHEMES:
            found = explained(f"ontology/{scheme}.ttl", "skos:Concept")
            name = _scheme_name(scheme, lang)
            _page(site, f"ns/{scheme}", lang, name, [(name, found)], f"{scheme}.ttl")
        _page(site, "ns/shapes", lang, said["shapes"], [(name, _shapes(name)) for name in _SHAPES], "shapes.ttl")
    return ["ns/index", *(f"ns/{scheme}" for scheme in SCHEMES), "ns/shapes"]


@cache
def explained(name: str, *kinds: str) -> tuple[Explained, ...]:
    """Return the terms of some kinds that a shipped Turtle file states, by their IRIs."""
    said = _stated(name)
    wanted = {expand(kind) for kind in kinds}
    return tuple(_term(iri, said[iri]) for iri in sorted(said) if wanted & set(_values(said[iri], "rdf:type")) and _ours(iri))


def _page(site: Website, stem: str, lang: str, title: str, parts: Sequence[tuple[str, Sequence[Explained]]], file: str) -> None:
    known = prefixes()
    names = Names({each.iri: each.labels for _, terms in parts for each in terms}, lang, known)
    others = [
        ("ns/index", words(lang)["vocabulary"]),
        *((f"ns/{s}", _scheme_name(s, lang)) for s in SCHEMES),
        ("ns/shapes", words(lang)["shapes"]),
    ]
    at = {each.iri: each.anchor for _, terms in parts for each in terms}
    site.page(
        stem,
        lang,
        "ns.html",
        title=title,
        parts=[part for part in parts if part[1]],
        names=names,
        file=file,
        others=others,
        this=stem,
        at=at,
    )


def _write_files(folder: Folder) -> None:
    for name in ("elshi", *SCHEMES):
        folder.write(f"ns/{name}.ttl", resource(f"ontology/{name}.ttl").read_bytes())
        iri = ONTOLOGY if name == "elshi" else _scheme(name)[0]
        folder.write(f"ns/{name}.jsonld", compact(_numbered(shipped(f"ontology/{name}.ttl")), iri, prefixes()))
    folder.write("ns/shapes.ttl", "\n".join(resource(f"shapes/{name}.ttl").read_text(encoding="utf-8") for name in ("prefixes", *_SHAPES)))


def _numbered(said: Iterable[Triple]) -> Iterator[str]:
    """Yield lines of N-Triples whose blank nodes are numbered as they come: their own names differ from run to run."""
    numbers: dict[str, str] = {}
    for triple in said:
        subject, predicate, value = (numbers.setdefault(str(n), f"_:b{len(numbers)}") if isinstance(n, Blank) else str(n) for n in triple)
        yield f"{subject} {predicate} {value} ."


def _shapes(name: str) -> tuple[Explained, ...]:
    """The node shapes of a file; a shape is explained by the messages of what it demands."""
    said = _stated(f"shapes/{name}.ttl")
    return tuple(
        _shape(iri, said) for iri in sorted(said) if expand("sh:NodeShape") in _values(said[iri], "rdf:type") and not iri.startswith("_:")
    )


def _shape(iri: str, said: Mapping[str, Sequence[Triple]]) -> Explained:
    demands = [said[key] for key in (*_values(said[iri], "sh:property"), *_values(said[iri], "sh:sparql")) if key in said]
    messages = [text for each in (said[iri], *demands) for text in _texts(each, "sh:message").values()]
    applies = tuple(value for target in ("sh:targetClass", "sh:targetSubjectsOf") for value in _values(said[iri], target))
    local = iri.rpartition("#")[2]
    return Explained(local, iri, {"en": local}, {"en": " ".join(dict.fromkeys(messages))}, (("applies_to", applies),) if applies else ())


@cache
def _stated(name: str) -> Mapping[str, Sequence[Triple]]:
    found: dict[str, list[Triple]] = {}
    for triple in shipped(name):
        found.setdefault(_key(triple[0]), []).append(triple)
    return found


def _term(iri: str, said: Sequence[Triple]) -> Explained:
    labels = _texts(said, "rdfs:label") or _texts(said, "skos:prefLabel")
    comments = _texts(said, "rdfs:comment") or _texts(said, "skos:definition")
    related = ((word, tuple(each for each in _values(said, property) if not each.startswith("_:"))) for property, word in _SHOWN.items())
    return Explained(
        iri.rpartition("#" if "#" in iri else "/")[2], iri, labels, comments, tuple((word, iris) for word, iris in related if iris)
    )


def _scheme_name(scheme: str, lang: str) -> str:
    texts = _texts(_scheme(scheme)[1], "skos:prefLabel")
    return texts.get(lang) or texts.get("en") or scheme


def _scheme(name: str) -> tuple[str, Sequence[Triple]]:
    """The IRI of the scheme that a file holds, and what is said of it."""
    said = _stated(f"ontology/{name}.ttl")
    return next((iri, triples) for iri, triples in said.items() if expand("skos:ConceptScheme") in _values(triples, "rdf:type"))


def _ours(iri: str) -> bool:
    return iri.startswith((f"{ONTOLOGY}#", "https://w3id.org/elshi/"))


def _values(said: Sequence[Triple], property: str) -> list[str]:
    wanted = expand(property)
    return [_key(value) for _, predicate, value in said if predicate.value == wanted and not isinstance(value, Value)]


def _texts(said: Sequence[Triple], property: str) -> dict[str, str]:
    wanted = expand(property)
    return {value.language or "": value.value for _, predicate, value in said if predicate.value == wanted and isinstance(value, Value)}


def _key(node: object) -> str:
    return str(node) if isinstance(node, Blank) else str(getattr(node, "value", node))
