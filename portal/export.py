"""Dumps of a store: sorted N-Quads, TriG, merged Turtle, JSON-LD, a table per class; reproducible, with checksums."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import zstandard

from elshi.ontology.graph import serialized
from elshi.ontology.vocab import prefixes
from elshi.queries.formats import format_of
from elshi.store.base import Table, View

__all__ = ["TABLES", "Packing", "export_store"]

_PROVENANCE: Final = "/graph/provenance>"
#: A table per class of things: file name -> SELECT, whose variables are the columns.
TABLES: Final[Mapping[str, str]] = {
    "releases": """SELECT ?release ?title ?language ?headerDate ?issued ?source WHERE { ?release a elshi:Release ; dcterms:title ?title ;
        schema:inLanguage ?language ; elshi:sourceName ?source OPTIONAL { ?release elshi:headerDate ?headerDate } OPTIONAL { ?release dcterms:issued ?issued } }""",
    "organisations": """SELECT ?organisation ?class (SAMPLE(?kk) AS ?nameKk) (SAMPLE(?ru) AS ?nameRu) (SAMPLE(?en) AS ?nameEn) (SAMPLE(?same) AS ?sameAs) WHERE {
        ?organisation a org:Organization, ?class FILTER(STRSTARTS(STR(?class), STR(elshi:)) && ?class NOT IN (elshi:Actor, elshi:Party))
        OPTIONAL { ?organisation rdfs:label ?kk FILTER(LANG(?kk) = "kk") } OPTIONAL { ?organisation rdfs:label ?ru FILTER(LANG(?ru) = "ru") }
        OPTIONAL { ?organisation rdfs:label ?en FILTER(LANG(?en) = "en") } OPTIONAL { ?organisation owl:sameAs ?same } } GROUP BY ?organisation ?class""",
    "people": """SELECT ?person (SAMPLE(?kk) AS ?nameKk) (SAMPLE(?ru) AS ?nameRu) (SAMPLE(?en) AS ?nameEn) WHERE { ?person a schema:Person
        OPTIONAL { ?person rdfs:label ?kk FILTER(LANG(?kk) = "kk") } OPTIONAL { ?person rdfs:label ?ru FILTER(LANG(?ru) = "ru") }
        OPTIONAL { ?person rdfs:label ?en FILTER(LANG(?en) = "en") } } GROUP BY ?person""",
    "places": """SELECT ?place ?class (SAMPLE(?kk) AS ?nameKk) (SAMPLE(?ru) AS ?nameRu) (SAMPLE(?en) AS ?nameEn) WHERE {
        VALUES ?class { schema:Country schema:City elshi:Region } ?place a ?class OPTIONAL { ?place rdfs:label ?kk FILTER(LANG(?kk) = "kk") }
        OPTIONAL { ?place rdfs:label ?ru FILTER(LANG(?ru) = "ru") } OPTIONAL { ?place rdfs:label ?en FILTER(LANG(?en) = "en") } } GROUP BY ?place ?class""",
    "positions": """SELECT ?position ?person ?role ?organisation ?represents ?accreditedTo ?confidence WHERE { ?position a elshi:Position ; org:member ?person ;
        org:role ?role ; elshi:confidence ?confidence OPTIONAL { ?position org:organization ?organisation }
        OPTIONAL { ?position elshi:represents ?represents } OPTIONAL { ?position elshi:accreditedTo ?accreditedTo } }""",
    "events": """SELECT ?event ?class ?participant ?startDate ?location ?status ?confidence WHERE { ?event a elshi:Event, ?class ; elshi:confidence ?confidence
        FILTER(STRSTARTS(STR(?class), STR(elshi:)) && ?class NOT IN (elshi:Event, elshi:Fact)) OPTIONAL { ?event elshi:participant ?participant }
        OPTIONAL { ?event schema:startDate ?startDate } OPTIONAL { ?event schema:location ?location } OPTIONAL { ?event elshi:status ?status } }""",
    "statistics": """SELECT ?statistic ?about ?measure ?value ?unit ?approximate ?fromCountry ?asOf ?confidence WHERE { ?statistic a elshi:Statistic ;
        elshi:about ?about ; elshi:measure ?measure ; schema:value ?value ; elshi:confidence ?confidence OPTIONAL { ?statistic elshi:unit ?unit }
        OPTIONAL { ?statistic elshi:approximate ?approximate } OPTIONAL { ?statistic elshi:fromCountry ?fromCountry } OPTIONAL { ?statistic elshi:asOf ?asOf } }""",
    "mentions": """SELECT ?mention ?body ?release ?start ?end ?exact WHERE { ?mention a elshi:Mention ; oa:hasBody ?body ; oa:hasTarget ?t . ?t oa:hasSource ?release ;
        oa:hasSelector ?p, ?q . ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact }""",
}


@dataclass(frozen=True, slots=True)
class Packing:
    """How dumps are packed: compression `gz`, `zst` or `none`, with the graph of runs or without, tables with a mark or without."""

    compress: str = "gz"
    provenance: bool = True
    bom: bool = False


def export_store(view: View, dest: Path, formats: Iterable[str], *, packing: Packing = Packing()) -> list[tuple[str, int]]:
    """Write dumps into a folder and return their names and sizes; `SHA256SUMS` lists them all."""
    dest.mkdir(parents=True, exist_ok=True)
    written: list[tuple[str, bytes]] = []
    for name in dict.fromkeys(formats):
        written += _tables(view, bom=packing.bom) if name == "csv" else [_dump(view, name, packing)]
    for path, body in written:
        (dest / path).parent.mkdir(parents=True, exist_ok=True)
        (dest / path).write_bytes(body)
    sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {path}\n" for path, body in sorted(written))
    (dest / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return [(path, len(body)) for path, body in written] + [("SHA256SUMS", len(sums))]


def _dump(view: View, name: str, packing: Packing) -> tuple[str, bytes]:
    rows = sorted(row for row in view.quads() if packing.provenance or not row.rstrip(" .").endswith(_PROVENANCE))
    if name == "nq":
        body = "".join(f"{row}\n" for row in rows).encode()
    else:
        lines = rows if name == "trig" else sorted({row.rpartition(" <")[0] + " ." for row in rows})
        body = serialized(lines, format_of(name).media_type, prefixes=prefixes()).encode()
    return _packed(f"elshi.{name}", body, packing.compress)


def _packed(name: str, body: bytes, compress: str) -> tuple[str, bytes]:
    if compress == "gz":
        return f"{name}.gz", gzip.compress(body, 6, mtime=0)
    if compress == "zst":
        return f"{name}.zst", zstandard.ZstdCompressor(level=10).compress(body)
    return name, body


def _tables(view: View, *, bom: bool) -> Iterator[tuple[str, bytes]]:
    for name, query in TABLES.items():
        answer = view.query(query, prefixes=prefixes())
        assert isinstance(answer, Table)
        rows = sorted(["" if t is None else t.value for t in row] for row in answer.rows)
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(answer.columns)
        writer.writerows(rows)
        yield f"csv/{name}.csv", (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode()
