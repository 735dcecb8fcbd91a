"""Dumps and tables say what the store says, in the same bytes every time, and any parser reads them."""

from __future__ import annotations

import csv
import getpass
import gzip
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zstandard
from rdflib import Dataset, Graph

from elshi.ontology.graph import to_graph
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.portal.export import egov
from elshi.portal.export.dumps import statements
from elshi.portal.export.figures import figures
from elshi.portal.export.folder import Folder
from elshi.portal.export.ordering import in_order
from elshi.portal.export.publication import publication
from elshi.portal.export.publish import Exported, Wanted, export_store
from elshi.portal.export.tables import encoded, rows_of, tables
from elshi.portal.sections import Source
from elshi.store.base import View, open_view, open_writer

WHAT = publication({"catalog_publisher": "Elshi", "license": "CC-BY-4.0"}, base_iri=BASE_IRI)
RUN = f"{BASE_IRI}run/2026"
FORMATS = ("nq", "trig", "ttl", "csv", "jsonld", "graphml", "egov")


@pytest.fixture(scope="module")
def view(store: Path) -> Iterator[View]:
    with open_view(str(store)) as opened:
        yield opened


@pytest.fixture(scope="module")
def dumps(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dumps")
    export_store(view, folder, Wanted(FORMATS, compress="none"), WHAT)
    return folder


def exported(view: View, dest: Path, *formats: str, **more: object) -> Exported:
    return export_store(view, dest, Wanted(formats, **more), WHAT)  # type: ignore[arg-type]


def test_quads_are_those_of_the_store_in_the_order_of_sort(dumps: Path, view: View) -> None:
    lines = (dumps / "elshi.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(view.quads())
    subprocess.run(["sort", "-c", "-u", str(dumps / "elshi.nq")], check=True, env={"LC_ALL": "C"})


def test_trig_holds_the_same_quads_graph_by_graph(dumps: Path, view: View) -> None:
    found = Dataset()
    found.parse(dumps / "elshi.trig", format="trig")
    by_graph = {str(graph.identifier): len(graph) for graph in found.graphs() if len(graph)}
    assert by_graph == {graph: sum(1 for _ in view.quads(graph)) for graph in view.graphs()}
    assert (dumps / "elshi.trig").read_text().count("graph:authority {") == 1


def test_turtle_holds_every_triple_once(dumps: Path, view: View) -> None:
    found = Graph().parse(dumps / "elshi.ttl")
    assert set(found) == set(Graph().parse(data="\n".join(statements(view, True)), format="nt"))
    assert "person:petra-meyers a " in (dumps / "elshi.ttl").read_text()


def test_provenance_can_be_left_out(view: View, tmp_path: Path) -> None:
    for name in ("nq", "trig", "ttl"):
        exported(view, tmp_path, name, compress="none", provenance=False)
        text = (tmp_path / f"elshi.{name}").read_text()
        assert RUN not in text
        assert "run:2026" not in text
    assert RUN in "".join(view.quads())


def test_past_versions_are_in_the_quads_but_not_among_the_triples(tmp_path: Path, view: View) -> None:
    past = f"<{BASE_IRI}version/d01-en~0123>"
    with open_writer(str(tmp_path / "store")) as writer:
        writer.add("".join(f"{row}\n" for row in view.quads()))
        writer.add(f'<{BASE_IRI}release/d01-en~0123> <http://purl.org/dc/terms/title> "wording of before" {past} .\n')
    with open_view(str(tmp_path / "store")) as changed:
        exported(changed, tmp_path, "nq", "ttl", "jsonld", compress="none")
        assert past in (tmp_path / "elshi.nq").read_text()
        assert "wording of before" not in (tmp_path / "elshi.ttl").read_text()
        assert not (tmp_path / "jsonld/release/d01-en~0123.jsonld").exists()
        exported(changed, tmp_path, "nq", compress="none", provenance=False)
        assert past not in (tmp_path / "elshi.nq").read_text()


@pytest.mark.parametrize(
    ("compress", "unpack"), [("gz", gzip.decompress), ("zst", lambda raw: zstandard.ZstdDecompressor().decompressobj().decompress(raw))]
)
def test_packing_changes_nothing_and_tells_no_time(
    compress: str, unpack: Callable[[bytes], bytes], view: View, dumps: Path, tmp_path: Path
) -> None:
    exported(view, tmp_path, "nq", compress=compress)
    raw = (tmp_path / f"elshi.nq.{compress}").read_bytes()
    assert unpack(raw) == (dumps / "elshi.nq").read_bytes()
    if compress == "gz":
        assert raw[4:8] == bytes(4), "the time in the header"
        assert not raw[3], "no name in the header"


def test_again_is_the_same_and_writes_nothing(view: View, dumps: Path, tmp_path: Path) -> None:
    exported(view, tmp_path, *FORMATS, compress="none")
    assert (tmp_path / "SHA256SUMS").read_bytes() == (dumps / "SHA256SUMS").read_bytes()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    again = exported(view, tmp_path, *FORMATS, compress="none")
    assert (again.changed, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_sums_are_right_and_name_every_file(dumps: Path) -> None:
    subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=dumps, check=True)
    named = {line.split("  ", 1)[1] for line in (dumps / "SHA256SUMS").read_text().splitlines()}
    assert named == {path.relative_to(dumps).as_posix() for path in dumps.rglob("*") if path.is_file()} - {"SHA256SUMS"}


def test_what_is_no_longer_exported_goes_and_the_rest_stays(view: View, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("somebody's")
    exported(view, tmp_path, "nq", "ttl", compress="gz")
    done = exported(view, tmp_path, "nq", compress="zst")
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", "elshi.nq.zst", "elshi.ttl.gz", "SHA256SUMS"}
    assert done.removed == 1
    assert "elshi.ttl.gz" in (tmp_path / "SHA256SUMS").read_text()


def test_a_line_that_leads_out_of_the_folder_is_not_believed(view: View, tmp_path: Path) -> None:
    outside = tmp_path / "elshi.nq"
    outside.write_text("somebody's")
    dest = tmp_path / "dest"
    dest.mkdir()
    (dest / "SHA256SUMS").write_text(f"{'0' * 64}  ../elshi.nq\n{'0' * 64}  {outside}\n")
    exported(view, dest, "nq", compress="none")
    assert outside.exists()


def test_a_damaged_file_is_written_again(view: View, tmp_path: Path) -> None:
    exported(view, tmp_path, "csv")
    good = (tmp_path / "csv/people.csv").read_bytes()
    (tmp_path / "csv/people.csv").write_bytes(good[:-3] + b"xx\n")
    assert exported(view, tmp_path, "csv").changed == 1
    assert (tmp_path / "csv/people.csv").read_bytes() == good


def test_lines_that_do_not_fit_in_memory_come_in_the_same_order() -> None:
    lines = [f"{number % 97} {chr(0x400 + number % 300)}" for number in range(3000)]
    assert list(in_order(lines, room=50)) == list(in_order(lines)) == sorted(set(lines))


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_a_table_has_its_columns_and_its_rows(table: object, dumps: Path, view: View) -> None:
    with (dumps / f"csv/{table.name}.csv").open(encoding="utf-8", newline="") as file:  # type: ignore[attr-defined]
        header, *rows = csv.reader(file)
    assert header == [column.name for column in table.columns]  # type: ignore[attr-defined]
    assert rows, "the store has some of these"
    assert rows == sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False))
    assert all(len(row) == len(header) for row in rows)
    assert set(table.titles) == {"kk", "ru", "en"}  # type: ignore[attr-defined]
    assert all(set(column.titles) == {"kk", "ru", "en"} and all(column.titles.values()) for column in table.columns)  # type: ignore[attr-defined]


def test_a_person_is_one_row_with_names_by_language(dumps: Path) -> None:
    with (dumps / "csv/people.csv").open(encoding="utf-8", newline="") as file:
        people = {row["person"].rpartition("/")[2]: row for row in csv.DictReader(file)}
    assert people["petra-meyers"]["nameEn"] == "Petra Meyers"
    assert people["petra-meyers"]["releases"] == "3"


def test_evidence_quotes_its_release(dumps: Path, view: View) -> None:
    bodies = {str(s): str(o) for s, o in to_graph("\n".join(view.quads())).subject_objects() if str(o).count("\n")}
    with (dumps / "csv/evidence.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert bodies[row["release"]][int(row["start"]) : int(row["end"])] == row["quotation"]


def test_tables_are_described_for_csv_on_the_web(dumps: Path) -> None:
    described = json.loads((dumps / "csv/csv-metadata.json").read_text())
    for table in described["tables"]:
        with (dumps / "csv" / table["url"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column["titles"] for column in table["tableSchema"]["columns"]]
        assert all(
            [label["@language"] for label in column["rdfs:label"]] == ["kk", "ru", "en"] for column in table["tableSchema"]["columns"]
        )
    assert len(described["tables"]) == len(list((dumps / "csv").glob("*.csv")))


def test_excel_gets_its_mark(view: View, tmp_path: Path) -> None:
    exported(view, tmp_path, "csv", mark=True)
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (tmp_path / "csv").glob("*.csv"))


def test_each_thing_has_compact_json_ld_that_says_what_the_store_says(dumps: Path, view: View) -> None:
    source, files = Source(view, BASE_IRI), sorted((dumps / "jsonld").rglob("*.jsonld"))
    for path in files[::9]:
        iri = BASE_IRI + path.relative_to(dumps / "jsonld").with_suffix("").as_posix()
        found = Graph().parse(path, format="json-ld")
        assert set(found) == set(Graph().parse(data="\n".join(source.triples(iri)), format="nt")), iri
    said = json.loads((dumps / "jsonld/person/petra-meyers.jsonld").read_text())
    assert said["@id"] == "person:petra-meyers"
    assert said["rdfs:label"]["en"] == "Petra Meyers"
    assert said["@context"]["rdfs:label"] == {"@container": "@language"}


def test_the_network_joins_those_who_take_part_in_the_same_events(dumps: Path) -> None:
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ElementTree.parse(dumps / "elshi.graphml").getroot()
    keys = {key.get("id"): (key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.iterfind("g:key", space)}
    assert ("edge", "weight", "double") in keys.values()
    nodes = {node.get("id"): node for node in root.iterfind("g:graph/g:node", space)}
    edges = list(root.iterfind("g:graph/g:edge", space))
    assert edges
    assert all({edge.get("source"), edge.get("target")} <= nodes.keys() for edge in edges)
    for element, of in [*((node, "node") for node in nodes.values()), *((edge, "edge") for edge in edges)]:
        for data in element.iterfind("g:data", space):
            belongs, _, kind = keys[data.get("key")]
            assert belongs == of
            if kind in ("int", "double"):
                assert float(data.text or "") > 0
    labels = {data.text for data in nodes["person:petra-meyers"].iterfind("g:data", space)}
    assert {"Petra Meyers", "Person"} <= labels


def test_the_package_of_the_kazakh_portal_has_passports_in_three_languages(dumps: Path) -> None:
    for path in (dumps / "egov").glob("*.json"):
        said = json.loads(path.read_text(encoding="utf-8"))
        assert all(said[f"name{end}"] for end in ("Kk", "Ru", "En"))
        with (path.parent / said["files"][0]["name"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == list(said["fields"])
        assert all({"type", "nameKk", "nameRu", "nameEn"} == set(field) for field in said["fields"].values())


def test_a_table_too_large_for_the_portal_is_split(view: View, tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        egov.write_package(view, folder, prefixes=prefixes(), what=WHAT, held=figures(view, BASE_IRI), largest=4000)
    assert all(path.stat().st_size <= 4000 for path in (tmp_path / "egov").glob("*.csv"))
    passport = json.loads((tmp_path / "egov/mentions.json").read_text())
    mentions = next(table for table in tables() if table.name == "mentions")
    parts = [(tmp_path / "egov" / file["name"]).read_bytes().split(b"\r\n", 1) for file in passport["files"]]
    assert len(parts) > 2
    assert len({header for header, _ in parts}) == 1
    assert b"".join(rows for _, rows in parts) == b"".join(encoded(rows_of(view, mentions, prefixes())))
    assert sum(file["rows"] for file in passport["files"]) == sum(1 for _ in rows_of(view, mentions, prefixes()))


def test_nothing_of_the_machine_is_in_an_export(dumps: Path, store: Path) -> None:
    private = {str(dumps), str(store), str(Path.cwd()), str(Path.home()), socket.gethostname(), sys.executable, f"/{getpass.getuser()}/"}
    for path in dumps.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            assert not [word for word in private if len(word) > 3 and word.encode() in text], path
