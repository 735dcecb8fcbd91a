"""Things by their names: the one that a text means, and those that it may mean, best first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from elshi import ElshiError
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.queries.values import iri_of
from elshi.store.base import Row, Table, View

__all__ = ["EntityNotFound", "Found", "find", "labels", "search"]

#: How alike a name and what was asked for must be, of 100.
_ALIKE = 72
_NAMES = """SELECT DISTINCT ?thing ?name ?class WHERE {
  VALUES ?class { schema:Person org:Organization schema:Country schema:City elshi:Region elshi:Topic }
  ?thing a ?class ; rdfs:label|skos:prefLabel|skos:altLabel ?name }"""


class EntityNotFound(ElshiError):
    """Nothing in the store bears a name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing of the store whose name is like what was asked for."""

    iri: str
    kind: str
    name: str
    score: float  # 0 to 100
    mentions: int


def rows_of(view: View, query: str) -> list[Row]:
    """The rows of a SELECT."""
    answer = view.query(query, prefixes=prefixes(BASE_IRI))
    assert isinstance(answer, Table)
    return list(answer.rows)


def labels(view: View) -> dict[str, dict[str, str]]:
    """Every name of the store's things: IRI -> name -> class."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, name, kind in rows_of(view, _NAMES):
        if thing and name and kind:
            found[thing.value][name.value] = kind.value.rpartition("/")[2].rpartition("#")[2]
    return found


def search(view: View, text: str, *, limit: int = 20) -> list[Found]:
    """Return the things whose names are like a text, the likest and then the most mentioned first."""
    known = labels(view)
    names = [(name, iri) for iri, written in known.items() for name in written]
    alike = process.extract(
        text, [name for name, _ in names], scorer=fuzz.WRatio, processor=utils.default_process, limit=limit * 6, score_cutoff=_ALIKE
    )
    best: dict[str, tuple[float, str]] = {}
    for name, score, at in alike:
        iri = names[at][1]
        exact = 100.0 if utils.default_process(name) == utils.default_process(text) else min(score, 99.0)
        if exact > best.get(iri, (0.0, ""))[0]:
            best[iri] = (exact, name)
    counts = _mentions(view)
    found = [Found(iri, known[iri][name], name, round(score, 1), counts.get(iri, 0)) for iri, (score, name) in best.items()]
    return sorted(found, key=lambda f: (-f.score, -f.mentions, f.iri))[:limit]


def find(view: View, text: str, *, base_iri: str = BASE_IRI) -> str:
    """Return the IRI that an IRI, a prefixed name or a name means; raises EntityNotFound, naming what comes near."""
    iri = iri_of(text, base_iri)
    if iri and rows_of(view, f"SELECT ?p WHERE {{ <{iri}> ?p ?o }} LIMIT 1"):
        return iri
    near = search(view, text, limit=5)
    if near and near[0].score == 100.0:
        return near[0].iri
    hint = "; near it: " + ", ".join(f.name for f in near) if near else ""
    raise EntityNotFound(f"nothing is called {text!r} in this store{hint}: try `elshi search`")


def _mentions(view: View) -> dict[str, int]:
    query = "SELECT ?thing (COUNT(?m) AS ?n) WHERE { ?m a elshi:Mention ; oa:hasBody ?thing } GROUP BY ?thing"
    return {thing.value: int(n.value) for thing, n in rows_of(view, query) if thing and n}
