"""The ontology says, in three languages, what every term means that the graph, the shapes or the schemes use."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

import elshi
from elshi.ingest.model import Reading
from elshi.ontology.graph import to_graph
from elshi.ontology.mapping import authority_rows, rows
from elshi.ontology.scheme import FILES, Concept, SchemeName, concepts
from elshi.ontology.vocab import ENTITY_CLASSES, FACT_CLASSES, ONTOLOGY, RELEASE_CLASSES, STATUSES, expand
from elshi.shapes.rdf import SH

ROOT = Path(elshi.__file__).parent
LANGUAGES = {"en", "ru", "kk"}
NOT_OURS = (str(RDF), str(RDFS), str(OWL), str(SH), "http://www.w3.org/2001/XMLSchema#")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "elshi.ttl")


def terms(graph: Graph) -> set[URIRef]:
    return {t for t in graph.subjects() if isinstance(t, URIRef) and str(t).startswith(ONTOLOGY + "#")}


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(str(v.language) for v in graph.objects(term, predicate) if isinstance(v, Literal) and str(v).strip())


def test_every_term_is_explained_in_three_languages(ontology: Graph) -> None:
    assert len(terms(ontology)) > 75
    for term in terms(ontology):
        assert languages(ontology, term, RDFS.label) == languages(ontology, term, RDFS.comment) == sorted(LANGUAGES), term


def test_no_two_terms_of_a_kind_share_a_label(ontology: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [label for term in terms(ontology) if (term, RDF.type, kind) in ontology for label in ontology.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels)), sorted(label for label in labels if labels.count(label) > 1)


def declared(graph: Graph, kind: URIRef) -> set[URIRef]:
    return {t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef)}


def test_no_property_is_of_two_kinds(ontology: Graph) -> None:
    kinds = [declared(ontology, k) for k in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)]
    assert not kinds[0] & kinds[1] and not kinds[0] & kinds[2] and not kinds[1] & kinds[2]
    assert not declared(ontology, OWL.Class) & set.union(*kinds)


def test_axioms_speak_of_declared_classes(ontology: Graph) -> None:
    classes = declared(ontology, OWL.Class)
    for predicate in (RDFS.subClassOf, RDFS.domain):
        assert {o for o in ontology.objects(None, predicate) if isinstance(o, URIRef)} <= classes, predicate
    for term in declared(ontology, OWL.ObjectProperty):
        assert set(ontology.objects(term, RDFS.range)) <= classes, term
    mapped = {expand(f"xsd:{name}") for name in ("string", "integer", "decimal", "boolean")}  # of OWL 2's datatypes, those we use
    for term in declared(ontology, OWL.DatatypeProperty):
        assert {str(o) for o in ontology.objects(term, RDFS.range)} <= mapped, term


def used(graph: Graph) -> set[str]:
    """The vocabulary a graph uses: its predicates and classes."""
    names = {str(p) for p in graph.predicates()} | {str(o) for o in graph.objects(None, RDF.type)}
    return {name for name in names if not name.startswith(NOT_OURS)}


def test_the_graph_uses_only_declared_terms(ontology: Graph, reading_kk: Reading) -> None:
    known = {str(s) for s in ontology.subjects()}
    assert used(to_graph(rows(reading_kk) + authority_rows(reading_kk.entities))) <= known
    classes = {c for group in (*ENTITY_CLASSES.values(), *FACT_CLASSES.values(), RELEASE_CLASSES) for c in group}
    assert {expand(name) for name in classes} | {expand(f"elshi:{status}") for status in STATUSES} <= known


def test_properties_are_used_as_they_are_declared(ontology: Graph, reading_kk: Reading) -> None:
    objects, data = declared(ontology, OWL.ObjectProperty), declared(ontology, OWL.DatatypeProperty)
    for _, predicate, value in to_graph(rows(reading_kk) + authority_rows(reading_kk.entities)):
        assert not (predicate in objects and isinstance(value, Literal)), predicate
        assert not (predicate in data and not isinstance(value, Literal)), predicate


def test_the_shapes_name_only_declared_terms(ontology: Graph) -> None:
    known = {str(s) for s in ontology.subjects()}
    shapes = Graph()
    for path in (ROOT / "shapes").glob("*.ttl"):
        shapes.parse(path)
    named = {str(t) for triple in shapes for t in triple if isinstance(t, URIRef)}
    ours = {
        name
        for name in named
        if name.startswith((ONTOLOGY + "#", "https://schema.org/", "http://www.w3.org/ns/o", "http://www.w3.org/ns/prov#"))
    }
    assert len(ours) > 100 and ours <= known


def test_a_superclass_the_graph_states_is_one_in_the_ontology(ontology: Graph) -> None:
    unions = {"schema:Person": {"elshi:Actor", "foaf:Person"}, "org:Organization": {"elshi:Party", "elshi:Actor", "schema:Organization"},
              "schema:Country": {"elshi:Party", "elshi:Actor"}}  # fmt: skip
    for kind, (own, *above) in {**ENTITY_CLASSES, **FACT_CLASSES, "Release": RELEASE_CLASSES}.items():
        reached = {str(c) for c in ontology.transitive_objects(URIRef(expand(own)), RDFS.subClassOf)}
        also = {expand(a) for base, more in unions.items() if expand(base) in reached for a in more}
        assert {expand(name) for name in above} <= reached | also, kind


def contradictions(graph: Graph) -> list[str]:
    """What an OWL 2 RL reasoner objects to."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return [str(o) for s, p, o in graph if str(p).endswith("#error")]


def test_a_reasoner_infers_the_superclasses_and_finds_no_contradiction(ontology: Graph, reading_kk: Reading) -> None:
    stated = to_graph(rows(reading_kk) + authority_rows(reading_kk.entities))
    names = "elshi:Actor elshi:Party elshi:Fact elshi:Event schema:Event foaf:Person"
    inferable = {URIRef(expand(name)) for name in names.split()}
    lean = [(s, p, o) for s, p, o in stated if p != RDF.type or o not in inferable]
    reasoned = Graph() + ontology
    for triple in lean:
        reasoned.add(triple)
    assert len(lean) < len(stated) and contradictions(reasoned) == []
    assert all(triple in reasoned for triple in stated if triple[2] in inferable)


def test_a_reasoner_objects_to_a_person_that_is_a_city(ontology: Graph) -> None:
    wrong = Graph() + ontology
    for kind in ("schema:Person", "schema:City"):
        wrong.add((URIRef("urn:x"), RDF.type, URIRef(expand(kind))))
    assert len(contradictions(wrong)) == 1


@pytest.mark.parametrize("scheme", FILES)
def test_every_concept_is_named_in_three_languages(scheme: SchemeName) -> None:
    for concept in concepts(scheme).values():
        assert {lang for _, lang in concept.labels} == LANGUAGES and len(concept.labels) == 3, concept.slug


@pytest.mark.parametrize("scheme", FILES)
def test_a_scheme_is_a_forest_of_its_own_concepts(scheme: SchemeName) -> None:
    known = concepts(scheme)

    def climb(concept: Concept, below: tuple[str, ...] = ()) -> None:
        assert concept.slug not in below, "a circle"
        for slug in concept.broader:
            climb(known[slug], (*below, concept.slug))

    for concept in known.values():
        climb(concept)
    graph = Graph().parse(ROOT / FILES[scheme])
    [this] = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert {str(c).rpartition("/")[2] for c in graph.subjects(SKOS.inScheme, this)} == set(known)
    tops = {slug for slug, concept in known.items() if not concept.broader}
    assert {str(c).rpartition("/")[2] for c in graph.objects(this, SKOS.hasTopConcept)} == tops
    assert set(graph.objects(this, SKOS.hasTopConcept)) == set(graph.subjects(SKOS.topConceptOf, this))


@pytest.mark.parametrize("scheme", FILES)
def test_no_two_concepts_share_a_preferred_label(scheme: SchemeName) -> None:
    labels = [label for concept in concepts(scheme).values() for label in concept.labels]
    assert len(labels) == len(set(labels))


def test_commitment_climbs_from_a_word_to_a_deed() -> None:
    steps = sorted(concepts("commitment").values(), key=lambda c: c.step or 0)
    assert " ".join(c.slug for c in steps) == "informed discussed considered interest readiness planned agreed signed existing"
    assert [c.step for c in steps] == list(range(1, 10))
