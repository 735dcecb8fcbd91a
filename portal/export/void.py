"""VoID: what the data is made of, how much of it there is, where it links to; for linked-data clients and `/.well-known/void`."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from elshi.ontology.vocab import LANGUAGE_AUTHORITY, ONTOLOGY, PREFIXES
from elshi.portal.export.catalogue import Distribution, dataset_iri
from elshi.portal.export.figures import Figures
from elshi.portal.export.publication import Publication
from elshi.portal.export.statements import PUBLISHING, Statements

__all__ = ["void"]

_FORMATS = {"nq": "N-Quads", "ttl": "Turtle", "trig": "TriG"}


def void(what: Publication, held: Figures, files: Sequence[Distribution]) -> list[str]:
    """Return the description as N-Triples."""
    about, this = Statements(), dataset_iri(what)
    document = f"{what.base_url}void.ttl"
    about.type(document, "void:DatasetDescription")
    about.link(document, "foaf:primaryTopic", this)
    about.type(this, "void:Dataset")
    about.text(this, "dcterms:title", what.title)
    about.text(this, "dcterms:description", what.description)
    about.link(this, "dcterms:license", what.licence.iri if what.licence else "")
    about.typed(this, "dcterms:modified", held.modified, "xsd:dateTime")
    about.link(this, "dcterms:language", *(LANGUAGE_AUTHORITY[lang] for lang in held.languages if lang in LANGUAGE_AUTHORITY))
    about.link(this, "foaf:homepage", what.base_url)
    about.link(this, "void:sparqlEndpoint", what.endpoint)
    _dumps(about, what, files)
    _counts(about, this, held)
    _partitions(about, what, held)
    _linksets(about, what, held)
    about.text(this, "void:uriSpace", what.base_iri)
    about.link(this, "void:exampleResource", *held.examples)
    spaces = [*PREFIXES.values()]
    used = {space for term, _ in (*held.classes, *held.properties) for space in spaces if term.startswith(space)}
    about.link(this, "void:vocabulary", *sorted(used))
    return sorted(about)


def _dumps(about: Statements, what: Publication, files: Sequence[Distribution]) -> None:
    for file in files:
        kind = next((part for part in file.path.split(".") if part in _FORMATS), None)
        if kind:
            about.link(dataset_iri(what), "void:dataDump", what.base_url + file.path)
            about.link(dataset_iri(what), "void:feature", PUBLISHING["formats"] + _FORMATS[kind])


def _counts(about: Statements, this: str, held: Figures) -> None:
    for property, count in (
        ("triples", held.triples), ("distinctSubjects", held.subjects), ("distinctObjects", held.objects), ("classes", len(held.classes)),
        ("properties", len(held.properties)), ("entities", held.subjects),
    ):  # fmt: skip
        about.typed(this, f"void:{property}", count, "xsd:integer")


def _partitions(about: Statements, what: Publication, held: Figures) -> None:
    for found, part_of, names, counts in (
        (held.classes, "void:classPartition", "void:class", "void:entities"),
        (held.properties, "void:propertyPartition", "void:property", "void:triples"),
    ):
        for term, count in found:
            part = f"{what.base_url}void.ttl#{sha256(f'{names} {term}'.encode()).hexdigest()[:12]}"
            about.link(dataset_iri(what), part_of, part)
            about.link(part, names, term)
            about.typed(part, counts, count, "xsd:integer")


def _linksets(about: Statements, what: Publication, held: Figures) -> None:
    for predicate, site, count in held.linked:
        if site.startswith((what.base_iri, ONTOLOGY)):
            continue
        name = f"{what.base_url}void.ttl#links-{sha256(f'{predicate} {site}'.encode()).hexdigest()[:12]}"
        other = f"{name}-target"
        about.type(name, "void:Linkset")
        about.link(dataset_iri(what), "void:subset", name)
        about.link(name, "void:subjectsTarget", dataset_iri(what))
        about.link(name, "void:objectsTarget", other)
        about.link(name, "void:linkPredicate", predicate)
        about.type(other, "void:Dataset")
        about.text(other, "void:uriSpace", site)
        about.typed(name, "void:triples", count, "xsd:integer")
