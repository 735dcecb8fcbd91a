"""The things a store describes, one after the other, and the files about each: JSON-LD that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from typing import Final

from elshi.ontology import literals
from elshi.ontology.vocab import RESOURCE_KINDS
from elshi.portal.export.folder import Folder
from elshi.portal.export.ordering import in_order
from elshi.portal.jsonld import compact
from elshi.portal.sections import Source
from elshi.store.base import PAST, View

__all__ = ["DESCRIBED", "file_stem", "tells_of", "things", "write_entities"]

#: Kinds of resources with files of their own: mentions and named graphs are told with what they are about.
DESCRIBED: Final = tuple(kind for kind in RESOURCE_KINDS if kind not in ("mention", "graph"))
#: Kinds that the graph of runs tells of.
RUNS: Final = ("run", "agent")
_PROVENANCE: Final = "graph/provenance"
_PLAIN: Final = re.compile(r"[A-Za-z0-9._~-]{1,120}")
_ODD: Final = re.compile(r"(%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~-])+")
_SHORT: Final = 80


def things(view: View, base_iri: str, *, provenance: bool = True) -> Iterator[str]:
    """Yield the IRIs of the things of `DESCRIBED` kinds that a store tells of, in order.

    Of what only the graph of runs tells, runs and agents count where `provenance` is wanted; a release that was taken back does not.
    """
    kinds = DESCRIBED if provenance else tuple(kind for kind in DESCRIBED if kind not in RUNS)
    starts, runs = (tuple(f"<{base_iri}{kind}/" for kind in some) for some in (kinds, RUNS))
    told = (row for row in view.quads() if row.startswith(starts) and f"/{PAST}" not in row.rpartition(" <")[2])
    rows = (row for row in told if row.startswith(runs) or not row.endswith(f"{base_iri}{_PROVENANCE}> ."))
    yield from in_order(_changes(row.partition(" ")[0][1:-1] for row in rows))


def tells_of(view: View, iri: str, base_iri: str, *, provenance: bool = True) -> bool:
    """Tell whether a thing is among those of `things`."""
    kind = iri.removeprefix(base_iri).partition("/")[0]
    if not iri.startswith(base_iri) or kind not in DESCRIBED or (kind in RUNS and not provenance):
        return False
    told = f"GRAPH ?graph {{ {literals.node(iri)} ?property ?value }}"
    now = "" if kind in RUNS else f"FILTER(?graph != <{base_iri}{_PROVENANCE}> && !CONTAINS(STR(?graph), '/{PAST}'))"
    return view.query(f"ASK {{ {told} {now} }}") is True


def _changes(names: Iterable[str]) -> Iterator[str]:
    """Leave out what was there right before: a store tells much about one thing at a time."""
    return (name for name, _ in groupby(names))


def file_stem(path: str) -> str:
    """Return the name of a resource's files for its path under the base: the path itself where every file system and server can bear it.

    >>> file_stem("person/roman-vasilenko")
    'person/roman-vasilenko'
    >>> file_stem("release/https%3A%2F%2Fgov.kz%2Fnews%2F1")
    'release/https-gov.kz-news-1-a783e326fe'
    """
    kind, _, name = path.partition("/")
    if _PLAIN.fullmatch(name):
        return path
    return f"{kind}/{_ODD.sub('-', name)[:_SHORT].strip('-')}-{sha256(path.encode()).hexdigest()[:10]}"


def write_entities(view: View, folder: Folder, *, base_iri: str, prefixes: Mapping[str, str], provenance: bool) -> None:
    """Write `jsonld/KIND/NAME.jsonld` for every thing."""
    source = Source(view, base_iri)
    for iri in things(view, base_iri, provenance=provenance):
        lines = source.triples(iri)
        folder.write(f"jsonld/{file_stem(iri.removeprefix(base_iri))}.jsonld", compact(lines, iri, prefixes))
