"""The service description: what the endpoint says of itself to a client that asks nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from elshi.ontology import literals
from elshi.ontology.graph import serialized
from elshi.queries.formats import FORMATS

__all__ = ["rdf_formats", "service_description"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FORMAT: Final = "http://www.w3.org/ns/formats/"
#: The W3C's names of the formats that are served.
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def service_description(endpoint: str, graphs: Iterable[str], *, calls_others: bool, media_type: str) -> str:
    """Return the description in an RDF format."""
    return serialized(_lines(endpoint, graphs, calls_others), media_type, prefixes={"sd": _SD, "formats": _FORMAT})


def rdf_formats() -> tuple[str, ...]:
    """The media types a description can be had in, the preferred one first."""
    return tuple(FORMATS[name].media_type for name in ("ttl", "nt", "jsonld", "rdf"))


def _lines(endpoint: str, graphs: Iterable[str], calls_others: bool) -> Iterator[str]:
    service, dataset, union = "_:service", "_:dataset", "_:default"

    def line(subject: str, predicate: str, value: str) -> str:
        return f"{subject} <{predicate}> {value} ."

    yield line(service, f"{_RDF}type", f"<{_SD}Service>")
    yield line(service, f"{_SD}endpoint", literals.node(endpoint))
    for language in ("SPARQL10Query", "SPARQL11Query"):
        yield line(service, f"{_SD}supportedLanguage", f"<{_SD}{language}>")
    for name in _RESULTS:
        yield line(service, f"{_SD}resultFormat", f"<{_FORMAT}{name}>")
    if calls_others:
        yield line(service, f"{_SD}feature", f"<{_SD}BasicFederatedQuery>")
    yield line(service, f"{_SD}defaultDataset", dataset)
    yield line(dataset, f"{_RDF}type", f"<{_SD}Dataset>")
    yield line(dataset, f"{_SD}defaultGraph", union)
    yield line(union, f"{_RDF}type", f"<{_SD}Graph>")
    yield line(
        union,
        "http://purl.org/dc/terms/description",
        literals.tagged("every statement of the named graphs once, those of past versions left out", "en"),
    )
    for number, graph in enumerate(graphs):
        yield line(dataset, f"{_SD}namedGraph", f"_:g{number}")
        yield line(f"_:g{number}", f"{_RDF}type", f"<{_SD}NamedGraph>")
        yield line(f"_:g{number}", f"{_SD}name", literals.node(graph))
