"""The forms in which an answer leaves: one table of formats, their media types and what writes them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TextIO

from elshi import ElshiError
from elshi.ontology.graph import serialized
from elshi.store.base import Answer, Table, Term, Triples

__all__ = ["FORMATS", "Format", "FormatError", "curie", "format_of", "write"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"


class FormatError(ElshiError):
    """A format that there is none of, or that the answer has no form in."""


#: Writes a table; the prefixes are for formats that people read.
Writes = Callable[[Table, TextIO, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One form of an answer."""

    name: str
    media_type: str
    answers: Literal["table", "triples"]


#: Every format by name, the one place that knows a media type.
FORMATS: Final[Mapping[str, Format]] = {
    each.name: each
    for each in (
        Format("table", "text/plain", "table"),
        Format("csv", "text/csv", "table"),
        Format("tsv", "text/tab-separated-values", "table"),
        Format("json", "application/sparql-results+json", "table"),
        Format("jsonl", "application/jsonl", "table"),
        Format("xml", "application/sparql-results+xml", "table"),
        Format("md", "text/markdown", "table"),
        Format("ttl", "text/turtle", "triples"),
        Format("nt", "application/n-triples", "triples"),
        Format("jsonld", "application/ld+json", "triples"),
        Format("rdf", "application/rdf+xml", "triples"),
        Format("nq", "application/n-quads", "triples"),
        Format("trig", "application/trig", "triples"),
    )
}


def format_of(name: str) -> Format:
    """Return a format by its name or media type; raises FormatError."""
    found = FORMATS.get(name) or next((f for f in FORMATS.values() if f.media_type == name), None)
    if found is None:
        raise FormatError(f"no format {name}: choose one of {', '.join(FORMATS)}")
    return found


def write(answer: Answer, out: TextIO, *, format: str | None = None, prefixes: Mapping[str, str] | None = None) -> None:
    """Write an answer; a table as `table` and triples as Turtle unless another form is named."""
    known = dict(prefixes or {})
    if isinstance(answer, Triples):
        chosen = format_of(format or "ttl")
        if chosen.answers != "triples":
            raise FormatError(f"triples have no form as {chosen.name}: choose ttl, nt, jsonld or rdf")
        out.write(serialized(answer.lines, chosen.media_type, prefixes=known))
        return
    chosen = format_of(format or "table")
    if chosen.answers != "table":
        raise FormatError(f"a table has no form as {chosen.name}: choose csv, tsv, json, jsonl, xml, md or table, or ask with CONSTRUCT")
    if isinstance(answer, bool):
        _write_truth(answer, out, chosen)
        return
    _WRITERS[chosen.name](answer, out, known)


def curie(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as the prefixed name that can be typed for it, where there is one.

    >>> curie("https://schema.org/Person", {"schema": "https://schema.org/"})
    'schema:Person'
    """
    fits = [(space, prefix) for prefix, space in prefixes.items() if iri.startswith(space)]
    if not fits:
        return iri
    space, prefix = max(fits, key=lambda each: len(each[0]))
    local = iri.removeprefix(space)
    return f"{prefix}:{local}" if local and "/" not in local and "#" not in local else iri


def _plain(term: Term | None, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    return curie(term.value, prefixes) if term.kind == "iri" else term.value


def _write_truth(truth: bool, out: TextIO, chosen: Format) -> None:
    if chosen.name in ("json", "jsonl"):
        out.write(json.dumps({"head": {}, "boolean": truth} if chosen.name == "json" else truth) + "\n")
    elif chosen.name == "xml":
        out.write(f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}"><head/><boolean>{str(truth).lower()}</boolean></sparql>\n')
    else:
        out.write(f"{'yes' if truth else 'no'}\n" if chosen.name in ("table", "md") else f"{str(truth).lower()}\n")


def _write_text(table: Table, out: TextIO, prefixes: Mapping[str, str]) -> None:
    """Columns of even width; meant for a pipe or a file, the command line draws for a terminal."""
    rows = [tuple(_plain(term, prefixes).replace("\n", " ") for term in row) for row in table.rows]
    widths = [max([len(name), *(len(row[i]) for row in rows)]) for i, name in enumerate(table.columns)]
    for row in (table.columns, tuple("-" * width for width in widths), *rows):
        out.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")


def _write_csv(table: Table, out: TextIO, _: Mapping[str, str]) -> None:
    """SPARQL 1.1 CSV: values as they are, IRIs in full."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow(["" if term is None else f"_:{term.value}" if term.kind == "bnode" else term.value for term in row])


def _write_tsv(table: Table, out: TextIO, _: Mapping[str, str]) -> None:
    """SPARQL 1.1 TSV: terms as in Turtle."""
    out.write("\t".join(f"?{name}" for name in table.columns) + "\n")
    for row in table.rows:
        out.write("\t".join(_turtle(term) for term in row) + "\n")


def _turtle(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind != "literal":
        return f"_:{term.value}" if term.kind == "bnode" else term.value
    if term.datatype in (f"{_XSD}integer", f"{_XSD}decimal", f"{_XSD}boolean") and (term.datatype != f"{_XSD}decimal" or "." in term.value):
        return term.value
    quoted = json.dumps(term.value, ensure_ascii=False)
    return f"{quoted}@{term.lang}" if term.lang else f"{quoted}^^<{term.datatype}>" if term.datatype else quoted


def _write_json(table: Table, out: TextIO, _: Mapping[str, str]) -> None:
    out.write(json.dumps({"head": {"vars": list(table.columns)}})[:-1] + ', "results": {"bindings": [')
    for number, row in enumerate(table.rows):
        cells = {name: _json(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        out.write(("," if number else "") + "\n" + json.dumps(cells, ensure_ascii=False))
    out.write("\n]}}\n")


def _json(term: Term) -> dict[str, str]:
    kind = {"iri": "uri"}.get(term.kind, term.kind)
    said = {"type": kind, "value": term.value}
    if term.lang:
        said["xml:lang"] = term.lang
    elif term.datatype:
        said["datatype"] = term.datatype
    return said


def _write_lines(table: Table, out: TextIO, _: Mapping[str, str]) -> None:
    """One object a line, numbers and truth values as JSON has them."""
    for row in table.rows:
        cells = {name: _value(term) for name, term in zip(table.columns, row, strict=True)}
        out.write(json.dumps(cells, ensure_ascii=False) + "\n")


def _value(term: Term | None) -> str | int | float | bool | None:
    if term is None:
        return None
    if term.datatype == f"{_XSD}boolean":
        return term.value == "true"
    if term.datatype in (f"{_XSD}integer", f"{_XSD}decimal", f"{_XSD}double"):
        return int(term.value) if term.datatype.endswith("integer") else float(term.value)
    return term.value


def _write_xml(table: Table, out: TextIO, _: Mapping[str, str]) -> None:
    from xml.sax.saxutils import escape, quoteattr  # which load all that opens URLs: a fifth of the time that a small query takes

    def cell(name: str, term: Term | None) -> str:
        if term is None:
            return ""
        attribute = f" xml:lang={quoteattr(term.lang)}" if term.lang else f" datatype={quoteattr(term.datatype)}" if term.datatype else ""
        tag = {"iri": "uri"}.get(term.kind, term.kind)
        return f"<binding name={quoteattr(name)}><{tag}{attribute}>{escape(term.value)}</{tag}></binding>"

    out.write(f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}">\n<head>')
    out.write("".join(f"<variable name={quoteattr(name)}/>" for name in table.columns) + "</head>\n<results>\n")
    for row in table.rows:
        out.write(f"<result>{''.join(map(cell, table.columns, row))}</result>\n")
    out.write("</results>\n</sparql>\n")


def _write_markdown(table: Table, out: TextIO, prefixes: Mapping[str, str]) -> None:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"

    out.write(line(table.columns) + line("---" for _ in table.columns))
    for row in table.rows:
        out.write(line(_plain(term, prefixes) for term in row))


_WRITERS: Final[Mapping[str, Writes]] = {
    "table": _write_text,
    "csv": _write_csv,
    "tsv": _write_tsv,
    "json": _write_json,
    "jsonl": _write_lines,
    "xml": _write_xml,
    "md": _write_markdown,
}
