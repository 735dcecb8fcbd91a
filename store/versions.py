"""Past versions of a release: each in a graph of its own, out of the merged graph, with the time it stopped being true."""

from __future__ import annotations

from typing import Final

from elshi.ontology import literals
from elshi.ontology.vocab import expand
from elshi.store.base import PAST, Writer
from elshi.store.stories import renamed

__all__ = ["keep", "version_iri"]

_CURRENT: Final = f"<{expand('rdf:type')}> <{expand('elshi:Release')}>"
_PAST: Final = f"<{expand('rdf:type')}> <{expand('elshi:SupersededRelease')}>"


def version_iri(release: str, sha256: str) -> str:
    """Return the IRI of a version of a release, named by the bytes it was read from.

    >>> version_iri("https://w3id.org/elshi/id/release/a", "0123456789abcdef")
    'https://w3id.org/elshi/id/release/a~0123456789ab'
    """
    return f"{release}~{sha256[:12]}"


def keep(writer: Writer, graph: str, release: str, sha256: str, *, until: str) -> None:
    """Copy the graph of a release, as it stands, into one for this version, which is true up to a moment (xsd:dateTime)."""
    version = version_iri(release, sha256)
    base, _, key = graph.rpartition("graph/")
    past = f"{base}{PAST}{key}~{sha256[:12]}"
    rows = [line.removesuffix(f"<{graph}> .") + f"<{past}> .\n" for line in writer.quads(graph)]
    rows.append(f"<{release}> <{expand('prov:invalidatedAtTime')}> {literals.moment(until)} <{past}> .\n")
    writer.replace(past, renamed("".join(rows).replace(_CURRENT, _PAST), {release: version}))
