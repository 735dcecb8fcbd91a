"""From a Reading to N-Quads: one named graph per release, in canonical literals, built as text."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from elshi import ElshiError
from elshi.ingest.model import Entity, Lang, Reading, Release
from elshi.ontology import literals
from elshi.ontology.facts import state_facts
from elshi.ontology.graph import checked_iri, in_lines, shipped
from elshi.ontology.iri import digest, graph_path, is_path, outer, release_path, slug
from elshi.ontology.scheme import FILES
from elshi.ontology.statements import Statements
from elshi.ontology.vocab import BASE_IRI, ENTITY_CLASSES, LANGUAGE_AUTHORITY, RELEASE_CLASSES

__all__ = ["MappingError", "authority_rows", "fingerprint", "graph_iri", "release_iri", "rows", "vocabulary_rows"]


class MappingError(ElshiError):
    """A reading that the graph has no place for."""


def release_iri(release: Release, *, base_iri: str = BASE_IRI) -> str:
    """Return the IRI of a release."""
    return base_iri + release_path(release.key)


def graph_iri(release: Release, *, base_iri: str = BASE_IRI) -> str:
    """Return the IRI of the named graph that holds what was read from a release."""
    return base_iri + graph_path(release.key)


def rows(reading: Reading, *, base_iri: str = BASE_IRI, run: str | None = None) -> str:
    """Return the named graph of a release as N-Quads.

    The text depends on the reading alone, so that an unchanged release gives the same bytes in every run; naming a
    `run` (its IRI) adds `prov:wasGeneratedBy`. Raises IriError when an entity was not linked, GraphError when the
    text would not be valid N-Quads: when what it comes from holds something that is no IRI, language tag or character.
    """
    out = Statements(graph_iri(reading.release, base_iri=base_iri), reading.release, base_iri)
    _state_release(out, reading.release, run)
    _state_entities(out, reading.entities)
    state_facts(out, reading)
    return out.text()


def fingerprint(text: str) -> str:
    """Return a SHA-256 of N-Quads that does not depend on the order of the lines."""
    return sha256("\n".join(sorted(in_lines(text))).encode()).hexdigest()


def _state_release(out: Statements, release: Release, run: str | None) -> None:
    this, lang = out.release, release.lang
    out.types(this, RELEASE_CLASSES)
    out.add(this, "dcterms:title", literals.tagged(release.title, lang))
    out.add(this, "schema:articleBody", literals.tagged(release.text, lang))
    out.add(this, "schema:inLanguage", literals.plain(lang))
    out.add(this, "dcterms:language", literals.node(LANGUAGE_AUTHORITY[lang]))
    out.add(this, "dcterms:identifier", literals.plain(release.sha256))
    out.add(this, "elshi:sourceName", literals.plain(release.source_name))
    out.maybe(this, "dcterms:issued", release.issued and literals.date(release.issued))
    out.maybe(this, "elshi:headerDate", release.header_date and literals.date(release.header_date))
    out.maybe(this, "dcterms:source", release.url and _outside(release.url))
    for url, _ in release.alternates:
        if url != release.url:
            out.add(this, "elshi:alternate", _outside(url))
    out.maybe(this, "prov:wasGeneratedBy", run and _outside(run))
    for predicate, name in (("dcterms:publisher", release.publisher), ("dcterms:creator", release.credited)):
        out.maybe(this, predicate, name and _agent(out, name, lang))


def _outside(iri: str) -> str:
    """The term of an IRI that somebody else gave."""
    return literals.node(checked_iri(outer(iri)))


def _agent(out: Statements, name: str, lang: Lang) -> str:
    """Who published or is credited: the entity it is a key of, else an agent of that name."""
    if is_path(name):
        return out.thing(name)
    agent = out.thing(f"agent/{slug(name)}")
    out.types(agent, ("foaf:Agent",))
    out.add(agent, "rdfs:label", literals.tagged(name, lang))
    return agent


def _state_entities(out: Statements, entities: Iterable[Entity]) -> None:
    entities = tuple(entities)
    out.described.update(entity.key for entity in entities)
    for entity in entities:
        this, classes = out.thing(entity.key), _classes(entity)
        out.types(this, classes)
        out.add(out.release, "schema:mentions", this)
        _name(out, this, entity)
        _place(out, this, entity)
        _explain(out, this, entity)
        for mention in entity.mentions:
            out.mention(mention, this, classes[0])


def _classes(entity: Entity) -> tuple[str, ...]:
    if entity.kind not in ENTITY_CLASSES:
        raise MappingError(f"{entity.key} is a {entity.kind!r}: give it one of the kinds {', '.join(ENTITY_CLASSES)}")
    return ENTITY_CLASSES[entity.kind]


def _name(out: Statements, this: str, entity: Entity) -> None:
    """State the name in the release's own language and the others it uses; what else is known is the authority graph's."""
    lang, text = out.source.lang, out.source.text
    own = [name for name, tag in entity.names if tag == lang] or [entity.name]
    out.add(this, "rdfs:label", literals.tagged(own[0], lang if (own[0], lang) in entity.names else entity.names[0][1]))
    also = {*own[1:], *(name for name, tag in entity.aliases if tag == lang), *filter(None, (entity.acronym,))}
    for name in sorted(also - {own[0]}):
        if name in text:
            out.add(this, "skos:altLabel", literals.tagged(name, lang))


def _place(out: Statements, this: str, entity: Entity) -> None:
    """State where an entity belongs, as far as the release names that too."""
    for predicate, key in _belonging(entity):
        if key in out.described:
            out.add(this, predicate, out.thing(key))
    out.maybe(this, "schema:foundingDate", entity.founded and literals.date(entity.founded))


def _belonging(entity: Entity) -> list[tuple[str, str]]:
    is_place = entity.key.startswith("place/")
    country = f"place/{entity.country.lower()}" if entity.country and entity.kind != "Country" else None
    links: list[tuple[str, str | None]] = [("schema:containedInPlace" if is_place else "elshi:country", country)]
    if entity.part_of:
        inside = "schema:containedInPlace" if is_place else "schema:location"
        links.append((inside if entity.part_of.startswith("place/") else "org:subOrganizationOf", entity.part_of))
    links.append(("schema:location", entity.place))
    return [(predicate, key) for predicate, key in links if key and key != entity.key]


def _explain(out: Statements, this: str, entity: Entity) -> None:
    out.maybe(this, "elshi:linkReason", entity.why and literals.plain(entity.why))
    for guess in entity.candidates:
        node = out.thing(f"candidate/{digest(entity.key, guess.iri)}")
        out.types(node, ("elshi:LinkCandidate",))
        out.once(node, "elshi:candidateFor", this)
        out.once(node, "elshi:candidate", out.thing(guess.iri) if is_path(guess.iri) else _outside(guess.iri))
        out.once(node, "elshi:confidence", literals.decimal(guess.score))
        out.once(node, "elshi:reason", literals.plain(guess.reason))


def authority_rows(entities: Iterable[Entity], *, base_iri: str = BASE_IRI) -> str:
    """Return what authorities say of entities, as N-Quads for `graph/authority`.

    Names beside the release's own, `owl:sameAs`, ISO codes, coordinates, the country and whole an entity belongs to: true whatever
    a single release says, so they are added and never replaced.
    """
    out = Statements(f"{base_iri}graph/authority", None, base_iri)
    for entity in entities:
        this = out.thing(entity.key)
        for text, lang in entity.names[1:]:
            out.add(this, "rdfs:label", literals.tagged(text, lang))
        acronym = ((entity.acronym, entity.names[0][1]),) if entity.acronym else ()
        for text, lang in (*entity.aliases, *acronym):
            out.add(this, "skos:altLabel", literals.tagged(text, lang))
        for same in entity.same_as:
            out.add(this, "owl:sameAs", _outside(same))
        for predicate, key in _belonging(entity):
            out.add(this, predicate, out.thing(key))
        if entity.kind == "Country" and entity.country:
            out.add(this, "elshi:isoCode", literals.plain(entity.country.upper()))
        for predicate, degrees in zip(("schema:latitude", "schema:longitude"), entity.at or (), strict=False):
            out.add(this, predicate, literals.decimal(degrees))
    return out.text()


def vocabulary_rows(*, base_iri: str = BASE_IRI) -> str:
    """Return the ontology (`graph/ontology`) and its SKOS schemes (`graph/topics`) as N-Quads under the given base."""
    lines: list[str] = []
    blank: dict[str, str] = {}

    def called(term: str) -> str:
        return blank.setdefault(term, f"_:o{len(blank)}") if term.startswith("_:") else term

    for graph, names in (("ontology", ("ontology/elshi.ttl",)), ("topics", tuple(FILES.values()))):
        for name in names:
            lines += [f"{called(str(s))} {p} {called(str(o))} <{base_iri}graph/{graph}> .\n" for s, p, o in shipped(name)]
    text = "".join(lines)
    return text if base_iri == BASE_IRI else text.replace(f"<{BASE_IRI}", f"<{base_iri}")
