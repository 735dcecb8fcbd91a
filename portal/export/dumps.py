"""Dumps of a whole store: sorted N-Quads, TriG graph by graph, Turtle with every triple once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from elshi.portal.export.folder import Folder, Written, packed_name, packing
from elshi.portal.export.ordering import in_order
from elshi.queries.formats import format_of
from elshi.store.base import PAST, View

__all__ = ["DUMPS", "dump", "statements"]

_PROVENANCE: Final = "/graph/provenance"
_BATCH: Final = 5000


def dump(view: View, folder: Folder, name: str, path: str, *, compress: str, provenance: bool, prefixes: Mapping[str, str]) -> Written:
    """Write a dump in a format of `DUMPS`, compressed as said."""
    lines = partial(DUMPS[name], view, provenance)

    def fill(out: BinaryIO) -> None:
        with packing(out, compress) as packed:
            if name == "nq":
                packed.writelines(f"{line}\n".encode() for line in lines())
            else:
                _serialize(lines(), packed, format_of(name).media_type, prefixes)

    return folder.stream(packed_name(path, compress), fill)


def statements(view: View, provenance: bool) -> Iterator[str]:
    """Yield every triple of the store but those of past versions once, as sorted N-Triples."""
    return in_order(row.rpartition(" <")[0] + " ." for row in _rows(view, provenance) if f"/{PAST}" not in row.rpartition(" <")[2])


def _quads(view: View, provenance: bool) -> Iterator[str]:
    return in_order(_rows(view, provenance))


def _by_graph(view: View, provenance: bool) -> Iterator[str]:
    for graph in view.graphs():
        if provenance or not (graph.endswith(_PROVENANCE) or f"/{PAST}" in graph):
            yield from in_order(view.quads(graph))


def _rows(view: View, provenance: bool) -> Iterator[str]:
    """The quads; without provenance neither runs nor past versions."""
    if provenance:
        return view.quads()
    return (row for row in view.quads() if not (row.endswith(f"{_PROVENANCE}> .") or f"/{PAST}" in row.rpartition(" <")[2]))


#: Format -> the lines that are written in it.
DUMPS: Final[Mapping[str, Callable[[View, bool], Iterator[str]]]] = {"nq": _quads, "trig": _by_graph, "ttl": statements}


def _serialize(lines: Iterable[str], out: BinaryIO, media_type: str, prefixes: Mapping[str, str]) -> None:
    syntax = ox.RdfFormat.from_media_type(media_type)
    assert syntax is not None, "the formats of dumps are RDF"
    quads = _parsed(lines)
    what = quads if syntax.supports_datasets else (quad.triple for quad in quads)
    ox.serialize(cast(Iterable[ox.Quad], what), out, format=syntax, prefixes=dict(prefixes))


def _parsed(lines: Iterable[str]) -> Iterator[ox.Quad]:
    waiting = iter(lines)
    while batch := list(islice(waiting, _BATCH)):
        yield from ox.parse("\n".join(batch), format=ox.RdfFormat.N_QUADS)
