"""Who takes part in events together, as a GraphML network for Gephi, yEd, Cytoscape or NetworkX."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from elshi import resource
from elshi.portal.export.folder import Folder, Written, packed_name, packing
from elshi.portal.export.ordering import in_order
from elshi.queries.catalogue import parse
from elshi.queries.formats import curie
from elshi.store.base import Table, View

__all__ = ["write_network"]

#: The attributes: what they belong to, their names, their types. A key's identifier is its place in this list.
_KEYS: Final = (
    ("node", "label", "string"), ("node", "labelKk", "string"), ("node", "labelRu", "string"), ("node", "labelEn", "string"),
    ("node", "kind", "string"), ("node", "iri", "string"), ("node", "events", "int"),
    ("edge", "weight", "double"), ("edge", "events", "int"), ("edge", "first", "string"), ("edge", "last", "string"),
)  # fmt: skip
_NODE: Final = [place for place, key in enumerate(_KEYS) if key[0] == "node"]
_EDGE: Final = [place for place, key in enumerate(_KEYS) if key[0] == "edge"]


def write_network(view: View, folder: Folder, path: str, *, compress: str, prefixes: Mapping[str, str]) -> Written:
    """Write the network; an edge weighs as much as there are events that both ends took part in."""

    def fill(out: BinaryIO) -> None:
        with packing(out, compress) as packed:
            packed.writelines(f"{line}\n".encode() for line in _lines(view, prefixes))

    return folder.stream(packed_name(path, compress), fill)


def _lines(view: View, prefixes: Mapping[str, str]) -> Iterator[str]:
    short = partial(curie, prefixes=prefixes)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    yield '  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
    for place, (of, name, kind) in enumerate(_KEYS):
        yield f'<key id="d{place}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph id="elshi" edgedefault="undirected">'
    for thing, kind, kk, ru, en, events in _rows(view, "network-nodes", prefixes):
        said = (kk or ru or en or short(thing), kk, ru, en, short(kind).rpartition(":")[2], thing, events)
        yield f"<node id={quoteattr(short(thing))}>{_data(_NODE, said)}</node>"
    for one, other, events, first, last in _rows(view, "network-edges", prefixes):
        yield f"<edge source={quoteattr(short(one))} target={quoteattr(short(other))}>{_data(_EDGE, (events, events, first, last))}</edge>"
    yield "</graph>"
    yield "</graphml>"


def _data(keys: Sequence[int], values: Sequence[str]) -> str:
    return "".join(f'<data key="d{key}">{escape(value)}</data>' for key, value in zip(keys, values, strict=True) if value)


def _rows(view: View, name: str, prefixes: Mapping[str, str]) -> Iterator[list[str]]:
    answer = view.query(parse(name, resource(f"portal/web/tables/{name}.rq").read_text(encoding="utf-8")).text, prefixes=prefixes)
    assert isinstance(answer, Table), "the queries of the network are SELECT"
    for line in in_order(json.dumps(["" if term is None else term.value for term in row], ensure_ascii=False) for row in answer.rows):
        yield json.loads(line)
