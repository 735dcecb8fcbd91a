"""The catalogue of an export by DCAT-AP 3.0.1: what is there to fetch, from whom, under what licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from elshi.ontology.graph import Blank, Triple, serialized, shipped
from elshi.ontology.vocab import LANGUAGE_AUTHORITY, ONTOLOGY
from elshi.portal.export.figures import Figures
from elshi.portal.export.folder import Folder
from elshi.portal.export.publication import Publication
from elshi.portal.export.statements import PUBLISHING, Statements
from elshi.portal.jsonld import compact
from elshi.queries.formats import FORMATS

__all__ = ["Distribution", "catalogue", "dataset_iri", "write_catalogue"]

_EU: Final = "http://publications.europa.eu/resource/authority/"
_MEDIA: Final = "http://www.iana.org/assignments/media-types/"
_ADMS: Final = "http://purl.org/adms/"
#: Compression by the end of a file's name.
_PACKED: Final[Mapping[str, str]] = {"gz": "application/gzip", "zst": "application/zstd"}
_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file that is there to fetch."""

    path: str
    size: int
    sha256: str
    format: str  # a code of the EU's list of file types
    media_type: str
    title: Mapping[str, str]


def dataset_iri(what: Publication) -> str:
    """Return the IRI of the data that is published: a place on the start page."""
    return f"{what.base_url}#dataset"


def write_catalogue(folder: Folder, lines: Sequence[str], iri: str) -> None:
    """Write a catalogue in the three forms that harvesters read."""
    known = dict(PUBLISHING)
    folder.write("catalog.ttl", serialized(lines, FORMATS["ttl"].media_type, prefixes=known))
    folder.write("catalog.rdf", serialized(lines, FORMATS["rdf"].media_type, prefixes=known))
    folder.write("catalog.jsonld", compact(lines, iri, known))


def catalogue(what: Publication, held: Figures, files: Sequence[Distribution]) -> list[str]:
    """Return the catalogue as N-Triples; every term of a controlled vocabulary in it is typed, so that it conforms on its own."""
    about = Statements()
    _catalog(about, what, held)
    _dataset(about, what, held, files)
    for file in files:
        _distribution(about, what, held, file)
    _agent(about, what)
    if what.endpoint:
        _service(about, what)
    _outside(about, what)
    about.add(_vocabulary(about.linked))
    return sorted(about)


def _catalog(about: Statements, what: Publication, held: Figures) -> None:
    this = f"{what.base_url}#catalog"
    about.type(this, "dcat:Catalog")
    _described(about, this, what)
    about.link(this, "foaf:homepage", what.base_url)
    about.link(this, "dcterms:language", *LANGUAGE_AUTHORITY.values())
    about.link(this, "dcat:themeTaxonomy", f"{_EU}data-theme")
    about.link(this, "dcat:dataset", dataset_iri(what))
    if what.endpoint:
        about.link(this, "dcat:service", f"{what.base_url}#sparql")
    _dated(about, this, what, held)


def _dataset(about: Statements, what: Publication, held: Figures, files: Sequence[Distribution]) -> None:
    this = dataset_iri(what)
    about.type(this, "dcat:Dataset")
    _described(about, this, what)
    about.text(this, "dcterms:identifier", what.identifier or this)
    for lang, words in what.keywords.items():
        for word in words:
            about.text(this, "dcat:keyword", {lang: word})
    about.link(this, "dcat:theme", *(f"{_EU}data-theme/{code}" for code in what.themes))
    about.link(this, "dcterms:language", *(LANGUAGE_AUTHORITY[lang] for lang in held.languages if lang in LANGUAGE_AUTHORITY))
    about.link(this, "dcterms:accrualPeriodicity", what.frequency and f"{_EU}frequency/{what.frequency}")
    about.link(this, "dcterms:accessRights", f"{_EU}access-right/PUBLIC")
    about.link(this, "dcterms:conformsTo", ONTOLOGY)
    about.link(this, "dcat:landingPage", what.base_url)
    _dated(about, this, what, held)
    if held.first:
        period = f"{what.base_url}#period"
        about.link(this, "dcterms:temporal", period)
        about.type(period, "dcterms:PeriodOfTime")
        about.typed(period, "dcat:startDate", held.first[:10], "xsd:date")
        about.typed(period, "dcat:endDate", held.last[:10], "xsd:date")
    if what.contact or what.contact_email or what.contact_url:
        about.link(this, "dcat:contactPoint", f"{what.base_url}#contact")
    about.link(this, "dcat:distribution", *(_file_iri(what, file) for file in files))


def _distribution(about: Statements, what: Publication, held: Figures, file: Distribution) -> None:
    this, url = _file_iri(what, file), what.base_url + file.path
    about.type(this, "dcat:Distribution")
    about.text(this, "dcterms:title", file.title)
    about.text(this, "dcterms:description", {lang: f"{title}: {file.path}" for lang, title in file.title.items()})
    about.link(this, "dcat:accessURL", url)
    about.link(this, "dcat:downloadURL", url)
    about.link(this, "dcterms:format", f"{_EU}file-type/{file.format}")
    about.link(this, "dcat:mediaType", _MEDIA + file.media_type)
    about.link(this, "dcat:compressFormat", _MEDIA + packed if (packed := _PACKED.get(file.path.rpartition(".")[2])) else "")
    about.link(this, "dcatap:availability", f"{_EU}planned-availability/AVAILABLE")
    about.typed(this, "dcat:byteSize", file.size, "xsd:nonNegativeInteger")
    about.link(this, "dcterms:license", what.licence.iri if what.licence else "")
    about.typed(this, "dcterms:modified", held.modified, "xsd:dateTime")
    checksum = f"{this}-checksum"
    about.link(this, "spdx:checksum", checksum)
    about.type(checksum, "spdx:Checksum")
    about.link(checksum, "spdx:algorithm", "http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
    about.typed(checksum, "spdx:checksumValue", file.sha256, "xsd:hexBinary")


def _service(about: Statements, what: Publication) -> None:
    this = f"{what.base_url}#sparql"
    about.type(this, "dcat:DataService")
    about.text(this, "dcterms:title", {"kk": "SPARQL сұрау нүктесі", "ru": "Точка доступа SPARQL", "en": "SPARQL endpoint"})
    about.link(this, "dcat:endpointURL", what.endpoint)
    about.link(this, "dcat:endpointDescription", f"{what.base_url}service.ttl")
    about.link(this, "dcat:servesDataset", dataset_iri(what))
    about.link(this, "dcterms:conformsTo", _PROTOCOL)
    about.link(this, "dcterms:publisher", f"{what.base_url}#publisher")
    about.link(this, "dcterms:license", what.licence.iri if what.licence else "")
    if what.contact or what.contact_email or what.contact_url:
        about.link(this, "dcat:contactPoint", f"{what.base_url}#contact")


def _agent(about: Statements, what: Publication) -> None:
    this = f"{what.base_url}#publisher"
    about.type(this, "foaf:Agent")
    about.text(this, "foaf:name", what.publisher)
    about.link(this, "foaf:homepage", what.publisher_url)
    about.link(this, "dcterms:type", what.publisher_type and f"{_ADMS}publishertype/{what.publisher_type}")
    if what.contact or what.contact_email or what.contact_url:
        contact = f"{what.base_url}#contact"
        about.type(contact, "vcard:Kind", "vcard:Organization")
        about.text(contact, "vcard:fn", what.contact or next(iter(what.publisher.values()), ""))
        about.link(contact, "vcard:hasEmail", what.contact_email and f"mailto:{what.contact_email}")
        about.link(contact, "vcard:hasURL", what.contact_url)


def _outside(about: Statements, what: Publication) -> None:
    """Say of what lies elsewhere what it is."""
    for code in what.spatial:
        about.type(f"{_EU}country/{code}", "dcterms:Location")
        about.text(f"{_EU}country/{code}", "skos:notation", code)
    if what.licence:
        about.type(what.licence.iri, "dcterms:LicenseDocument")
        about.text(what.licence.iri, "dcterms:title", {"en": what.licence.title})
        about.link(what.licence.iri, "dcterms:type", what.licence.kind and f"{_ADMS}licencetype/{what.licence.kind}")
    for page in (what.base_url, what.publisher_url):
        if page:
            about.type(page, "foaf:Document")


def _described(about: Statements, this: str, what: Publication) -> None:
    about.text(this, "dcterms:title", what.title)
    about.text(this, "dcterms:description", what.description)
    about.link(this, "dcterms:publisher", f"{what.base_url}#publisher")
    about.link(this, "dcterms:license", what.licence.iri if what.licence else "")
    about.link(this, "dcterms:spatial", *(f"{_EU}country/{code}" for code in what.spatial))


def _dated(about: Statements, this: str, what: Publication, held: Figures) -> None:
    about.typed(this, "dcterms:modified", held.modified, "xsd:dateTime")
    about.typed(this, "dcterms:issued", what.issued, {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(what.issued), "xsd:date"))


def _file_iri(what: Publication, file: Distribution) -> str:
    return f"{what.base_url}#{file.path.replace('/', '-')}"


def _vocabulary(used: Iterable[str]) -> Iterator[str]:
    """What is known of the terms that are used, and of those which that names."""
    waiting, told = list(used), set[str]()
    while waiting:
        term = waiting.pop()
        if term not in told:
            told.add(term)
            for subject, predicate, value in _terms().get(term, ()):
                yield f"{subject} {predicate} {value} ."
                waiting.append(getattr(value, "value", ""))


@cache
def _terms() -> Mapping[str, Sequence[Triple]]:
    found: dict[str, list[Triple]] = {}
    for subject, predicate, value in shipped("portal/web/vocabularies.ttl"):
        if not isinstance(subject, Blank):
            found.setdefault(subject.value, []).append((subject, predicate, value))
    return found
