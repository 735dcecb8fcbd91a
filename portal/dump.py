"""The graph as files: one dump in an RDF syntax, or a table for each class of things; equal stores give equal bytes."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from elshi import ElshiError, resource
from elshi.ontology.graph import serialized
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.queries.catalogue import parse
from elshi.store.base import Table, View

__all__ = ["COMPRESSIONS", "SYNTAXES", "ExportError", "Written", "checksums", "dump", "tables"]

#: Name of an RDF syntax -> its media type.
SYNTAXES: Final[Mapping[str, str]] = {
    "nq": "application/n-quads", "trig": "application/trig", "ttl": "text/turtle", "jsonld": "application/ld+json",
}  # fmt: skip
#: Syntaxes that keep the named graphs; the others hold every triple once.
_GRAPHS: Final = ("nq", "trig")
#: Name of a compression -> the suffix it adds.
COMPRESSIONS: Final[Mapping[str, str]] = {"none": "", "gz": ".gz", "zst": ".zst"}


class ExportError(ElshiError):
    """An export that cannot be written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    path: Path
    size: int
    sha256: str


def dump(view: View, path: Path, syntax: str, *, compress: str = "none", base_iri: str = BASE_IRI) -> Written:
    """Write the whole store as one file."""
    known = prefixes(base_iri)
    if syntax in _GRAPHS:
        lines = [line for graph in view.graphs() for line in sorted(view.quads(graph))]
    else:
        lines = sorted({_triple(line) for graph in view.graphs() for line in view.quads(graph)})
    text = "".join(line + "\n" for line in lines) if syntax == "nq" else serialized(lines, SYNTAXES[syntax], prefixes=known)
    return _write(path, text.encode(), compress)


def tables(view: View, folder: Path, *, compress: str = "none", base_iri: str = BASE_IRI) -> list[Written]:
    """Write a CSV for each kind of thing that `portal/tables` has a query for."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for entry in sorted(resource("portal/tables").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".rq"):
            written.append(_write(folder / f"{entry.name[:-3]}.csv", _csv(view, entry.read_text(encoding="utf-8"), base_iri), compress))
    return written


def checksums(files: list[Written], folder: Path) -> Path:
    """Write SHA256SUMS, as `sha256sum --check` reads it."""
    path = folder / "SHA256SUMS"
    path.write_text("".join(f"{file.sha256}  {file.path.relative_to(folder).as_posix()}\n" for file in files), encoding="utf-8")
    return path


def _csv(view: View, text: str, base_iri: str) -> bytes:
    answer = view.query(parse("table", text).text, prefixes=prefixes(base_iri))
    assert isinstance(answer, Table)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    writer.writerows([term.value if term else "" for term in row] for row in answer.rows)
    return out.getvalue().encode()


def _triple(line: str) -> str:
    """An N-Quads line without the graph it names."""
    return line[: line.rindex(" <", 0, len(line) - 2)] + " ."


def _write(path: Path, body: bytes, compress: str) -> Written:
    path = path.with_name(path.name + ("" if path.name.endswith(COMPRESSIONS[compress]) else COMPRESSIONS[compress]))
    packed = _PACK[compress](body)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(packed)
    except OSError as fault:
        raise ExportError(f"{path} cannot be written: {fault.strerror}: choose another place") from fault
    return Written(path, len(packed), sha256(packed).hexdigest())


def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)  # no time in it: equal graphs give equal bytes


def _zstd(body: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor(level=10).compress(body)


_PACK: Final[Mapping[str, Callable[[bytes], bytes]]] = {"none": bytes, "gz": _gzipped, "zst": _zstd}
