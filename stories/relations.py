"""What the graph of stories says: which releases are versions of each other, and which things go by another's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from elshi.ontology import literals
from elshi.ontology.vocab import expand
from elshi.stories.sketch import Sketch

__all__ = ["former_names", "relations"]


def relations(story: Sequence[Sketch]) -> dict[str, set[str]]:
    """Return what is said of each release of a story, as N-Triples lines, by the graph of the release.

    Every version in another language is a translation of each. In one language the first stands for itself; one that
    appeared later revises the last of the same publisher before it, or else quotes the first.
    """
    ordered = sorted(story, key=lambda s: (s.day or "9999", s.credits, s.release))
    return {s.graph: set(_relations(s, ordered)) for s in ordered}


def _relations(this: Sketch, story: Sequence[Sketch]) -> Iterator[str]:
    yield from (_line(this.release, "schema:workTranslation", s.release) for s in story if s.lang != this.lang)
    earlier = [s for s in story[: story.index(this)] if s.lang == this.lang]
    own = [s for s in earlier if s.site == this.site]
    if own:
        yield _line(this.release, "prov:wasRevisionOf", own[-1].release)
    elif earlier:
        yield _line(this.release, "prov:wasQuotedFrom", earlier[0].release)


def former_names(iri: str, name: str, releases: Iterable[str]) -> set[str]:
    """Return what is said of an IRI that goes by another's name: which, and the releases that used it."""
    return {_line(iri, "dcterms:isReplacedBy", name), *(_line(iri, "prov:wasDerivedFrom", release) for release in releases)}


def _line(subject: str, predicate: str, value: str) -> str:
    return f"{literals.node(subject)} {literals.node(expand(predicate))} {literals.node(value)}"
