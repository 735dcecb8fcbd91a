"""The catalogue is what DCAT-AP 3.0.1 asks for, says what was exported, and is refused where it is not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef

from elshi.cli import run
from elshi.commands.settings import SettingsError, settings
from elshi.ontology.vocab import BASE_IRI
from elshi.portal.export.check import check
from elshi.portal.export.publication import PublicationError, licence, publication
from elshi.portal.export.publish import Exported, Wanted, export_store
from elshi.store.base import Table, View, open_view

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
URL = "https://data.example.org/elshi/"
SAID = {
    "base_url": URL, "license": "CC-BY-4.0", "endpoint": "https://data.example.org/sparql", "catalog_publisher_kk": "Сыртқы істер министрлігі",
    "catalog_publisher_en": "Ministry of Foreign Affairs", "catalog_publisher_type": "NationalAuthority", "catalog_contact_email": "data@example.org",
    "catalog_frequency": "DAILY", "catalog_spatial": "KAZ", "catalog_issued": "2026-03-01",
}  # fmt: skip
WHAT = publication(SAID, base_iri=BASE_IRI)


@pytest.fixture(scope="module")
def view(store: Path) -> Iterator[View]:
    with open_view(str(store)) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalogue")


@pytest.fixture(scope="module")
def done(view: View, folder: Path) -> Exported:
    return export_store(view, folder, Wanted(("nq", "ttl", "trig", "csv", "graphml"), catalogue=True), WHAT)


@pytest.fixture(scope="module")
def graph(done: Exported, folder: Path) -> Graph:
    return Graph().parse(folder / "catalog.ttl")


def test_it_conforms_with_nothing_left_to_recommend(done: Exported) -> None:
    found = check(done.catalogue)
    assert (found.violations, found.warnings) == ((), ())


def test_its_three_forms_say_the_same(graph: Graph, folder: Path) -> None:
    for name, syntax in (("catalog.rdf", "xml"), ("catalog.jsonld", "json-ld")):
        assert set(Graph().parse(folder / name, format=syntax)) == set(graph)


def test_each_file_is_a_distribution_with_its_size_and_sum(graph: Graph, folder: Path, done: Exported) -> None:
    found = {}
    for file in graph.subjects(RDF.type, DCAT.Distribution):
        path = str(graph.value(file, DCAT.downloadURL)).removeprefix(URL)
        checksum = graph.value(file, SPDX.checksum)
        found[path] = (int(str(graph.value(file, DCAT.byteSize))), str(graph.value(checksum, SPDX.checksumValue)).lower())
    assert found == {
        file.path: (len(raw := (folder / file.path).read_bytes()), hashlib.sha256(raw).hexdigest()) for file in done.files
    }  # fmt: skip
    packed = URIRef("http://www.iana.org/assignments/media-types/application/gzip")
    assert {str(graph.value(s, DCAT.downloadURL)).rpartition(".")[2] for s in graph.subjects(DCAT.compressFormat, packed)} == {"gz"}


def test_texts_are_in_three_languages(graph: Graph) -> None:
    for of in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution):
        for thing in graph.subjects(RDF.type, of):
            for property in (DCTERMS.title, DCTERMS.description):
                assert {value.language for value in graph.objects(thing, property) if isinstance(value, Literal)} == {"kk", "ru", "en"}


PLANTED = [
    ("no title of the catalogue", r"<\S+#catalog> <http://purl.org/dc/terms/title>.*", "", {("catalog", "dcterms:title", "MinCount")}),
    ("no description of the data", r"<\S+#dataset> <http://purl.org/dc/terms/description>.*", "", {("dataset", "dcterms:description", "MinCount")}),
    ("no publisher of the catalogue", r"<\S+#catalog> <http://purl.org/dc/terms/publisher>.*", "", {("catalog", "dcterms:publisher", "MinCount")}),
    ("a publisher without a name", r".*foaf/0.1/name>.*", "", {("publisher", "foaf:name", "MinCount")}),
    ("a file without an address", r"<\S+#elshi.nq.gz> <http://www.w3.org/ns/dcat#accessURL>.*", "", {("elshi.nq.gz", "dcat:accessURL", "MinCount")}),
    (
        "an invented frequency", r"authority/frequency/DAILY> \.", "authority/often/DAILY> .",
        {("dataset", "dcterms:accrualPeriodicity", "Class"), ("dataset", "dcterms:accrualPeriodicity", "Pattern")},
    ),
    (
        "a language by its name", r"(<\S+#dataset> <http://purl.org/dc/terms/language>) <\S+KAZ>", r'\1 "Kazakh"',
        {("dataset", "dcterms:language", "NodeKind"), ("dataset", "dcterms:language", "Class"), ("dataset", "dcterms:language", "Pattern")},
    ),
    (
        "two licences", r"(<\S+#catalog> <http://purl.org/dc/terms/license>) (<\S+>) \.",
        r"\1 \2 ." "\n" r"\1 <https://x.org/l> ." "\n" r"<https://x.org/l> a <http://purl.org/dc/terms/LicenseDocument> .",
        {("catalog", "dcterms:license", "MaxCount")},
    ),
    (
        "a size in words", r'"\d+"\^\^<\S+nonNegativeInteger>', '"large"', "every file",
    ),
    ("an endpoint nowhere", r".*dcat#endpointURL>.*", "", {("sparql", "dcat:endpointURL", "MinCount")}),
    ("a checksum of nothing", r"<\S+#elshi.ttl.gz-checksum> <\S+checksumValue>.*", "", {("elshi.ttl.gz-checksum", "spdx:checksumValue", "MinCount")}),
    (
        "another taxonomy of themes", r"#themeTaxonomy> <\S+>", "#themeTaxonomy> <https://x.org/themes>",
        {("catalog", "dcat:themeTaxonomy", "Class"), ("catalog", "dcat:themeTaxonomy", "HasValue")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("planted", "replaced", "expected"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_a_planted_error_is_found_and_nothing_else(planted: str, replaced: str, expected: object, done: Exported) -> None:
    lines = [re.sub(planted, replaced, line) for line in done.catalogue]
    assert lines != list(done.catalogue), "the error was planted"
    text = "\n".join(lines).replace(" a <", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <")
    found = {
        (v.focus.rpartition("#")[2], v.path, v.component) for v in check([line for line in text.split("\n") if line.strip()]).violations
    }
    if expected == "every file":
        expected = {(file.path.replace("/", "-"), "dcat:byteSize", "Datatype") for file in done.files}
    assert found == expected


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ("catalog_spatial", {("catalog", "dcterms:spatial"), ("dataset", "dcterms:spatial")}),
        ("catalog_issued", {("catalog", "dcterms:issued")}),
        ("catalog_contact_email", {("dataset", "dcat:contactPoint"), ("sparql", "dcat:contactPoint")}),
        ("catalog_publisher_type", {("publisher", "dcterms:type")}),
    ],
)
def test_what_is_recommended_is_a_warning(left_out: str, expected: set[tuple[str, str]], view: View, tmp_path: Path) -> None:
    what = publication({name: value for name, value in SAID.items() if name != left_out}, base_iri=BASE_IRI)
    found = check(export_store(view, tmp_path, Wanted(("nq",), catalogue=True), what).catalogue)
    assert not found.violations
    assert {(v.focus.rpartition("#")[2], v.path) for v in found.warnings} == expected


def test_void_counts_what_the_store_holds(folder: Path, done: Exported, view: View) -> None:
    about, data = Graph().parse(folder / "void.ttl"), URIRef(f"{URL}#dataset")
    answer = view.query("SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) WHERE { ?s ?p ?o }")
    assert isinstance(answer, Table)
    ((triples, subjects),) = answer.rows
    assert triples and subjects
    assert int(str(about.value(data, VOID.triples))) == int(triples.value)
    assert int(str(about.value(data, VOID.distinctSubjects))) == int(subjects.value)
    parts = [int(str(about.value(part, VOID.triples))) for part in about.objects(data, VOID.propertyPartition)]
    assert sum(parts) == int(triples.value)
    assert {str(dump) for dump in about.objects(data, VOID.dataDump)} == {f"{URL}elshi.{name}.gz" for name in ("nq", "ttl", "trig")}
    assert (folder / ".well-known/void").read_bytes() == (folder / "void.ttl").read_bytes()
    service = Graph().parse(folder / "service.ttl")
    assert [str(found) for found in service.objects(None, URIRef("http://www.w3.org/ns/sparql-service-description#endpoint"))] == [
        WHAT.endpoint
    ]


# What a publisher says


def elshi(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = run(list(words))
    return status, capsys.readouterr().err


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


TOML = f"""
license = "CC0-1.0"
base_url = "{URL}"
[catalog]
publisher = "The ministry"
themes = ["GOVE", "EDUC"]
issued = 2026-03-01
[catalog.title]
en = "Releases"
kk = "Хабарламалар"
"""


def test_a_catalogue_without_a_publisher_is_refused_before_anything_is_written(
    at: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    status, said = elshi("export", "dumps", "-f", "nq", "--catalog", "--store", str(store), capsys=capsys)
    assert status == 2
    assert "no publisher is named" in said and "[catalog]" in said
    assert not (at / "dumps").exists()


def test_a_file_says_what_the_catalogue_says_and_the_environment_and_flags_say_it_louder(
    at: Path, store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (at / "elshi.toml").write_text(TOML)
    monkeypatch.setenv("ELSHI_CATALOG_PUBLISHER", "The agency")
    status, said = elshi("export", "dumps", "-f", "nq", "--check", "--license", "CC-BY-4.0", "--store", str(store), capsys=capsys)
    assert status == 0 and "0 violations" in said
    graph, data = Graph().parse(at / "dumps/catalog.ttl"), URIRef(f"{URL}#dataset")
    assert {(value.language, str(value)) for value in graph.objects(data, DCTERMS.title) if isinstance(value, Literal)} == {
        ("en", "Releases"),
        ("kk", "Хабарламалар"),
    }
    assert str(graph.value(URIRef(f"{URL}#publisher"), URIRef("http://xmlns.com/foaf/0.1/name"))) == "The agency"
    assert str(graph.value(data, DCTERMS.license)).endswith("/CC_BY_4_0")
    assert {str(theme).rpartition("/")[2] for theme in graph.objects(data, DCAT.theme)} == {"GOVE", "EDUC"}


def test_shapes_of_others_are_applied_too(at: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (at / "elshi.toml").write_text(TOML)
    (at / "more.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
        <https://x.org/shape> a sh:NodeShape ; sh:targetClass dcat:Dataset ;
          sh:property [ sh:path dcat:version ; sh:minCount 1 ; sh:message "our portal wants a version" ] ."""
    )
    status, said = elshi("export", "dumps", "-f", "nq", "--check", "--shapes", "more.ttl", "--store", str(store), capsys=capsys)
    assert status == 3
    assert "our portal wants a version" in said and "1 violations" in said


def test_a_setting_that_there_is_none_of_is_refused(at: Path) -> None:
    (at / "elshi.toml").write_text('[catalog]\npublishr = "x"\n')
    with pytest.raises(SettingsError, match="catalog_publishr"):
        settings(at, {})


@pytest.mark.parametrize(
    "wrong",
    [{"base_url": "data.example.org"}, {"license": "mine"}, {"catalog_issued": "yesterday"}, {"catalog_contact_email": "me"}, {"catalog_themes": "GO VE"}, {"endpoint": "ftp://x"}],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_what_cannot_be_stated_is_refused_in_one_line(wrong: dict[str, str]) -> None:
    with pytest.raises(PublicationError) as refused:
        publication(wrong, base_iri=BASE_IRI)
    assert next(iter(wrong)).replace("license", "licence")[:7] in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_licence_is_known_by_its_name_and_its_address() -> None:
    assert licence("cc-by-4.0") == licence("https://creativecommons.org/licenses/by/4.0") == licence("CC-BY-4.0")
    assert licence("https://example.org/terms").iri == "https://example.org/terms"


def test_an_export_lies_beside_the_resources_unless_it_is_said_where() -> None:
    assert publication({}, base_iri="https://data.example.org/x/id/").base_url == "https://data.example.org/x/"
