"""Talking points: sentences that come back, nearly word for word, in release after release of different stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from elshi.ontology import literals
from elshi.ontology.iri import digest
from elshi.ontology.vocab import expand
from elshi.stories.index import Index

__all__ = ["Use", "refrains"]

_BLOCKS: Final = "SELECT block FROM passage WHERE release = ? AND start = ?"
_USES: Final = """SELECT p.release, p.start, p.stop, r.release, r.day, r.lang, COALESCE(r.story, r.graph) FROM passage AS p
  JOIN release AS r ON r.id = p.release WHERE p.block = ?"""
#: Returns the text of a release between two offsets.
Quotes = Callable[[str, int, int], str]


class Use(NamedTuple):
    """A sentence of a release that says a talking point."""

    day: str
    release: str  # IRI
    start: int
    stop: int
    number: int  # of the release in the index
    lang: str
    story: str


def refrains(index: Index, quotes: Quotes, *, base_iri: str) -> tuple[set[str], set[str]]:
    """Bring the talking points up to date; return the N-Triples lines to add to the graph of stories and those to take back.

    What depends on a sentence that came or went is found again from all sentences filed under one block with it, so the
    answer is the same whatever came first.
    """
    due = index.due()
    owners = {point for block in due for (point,) in index.db.execute("SELECT point FROM refrain WHERE block = ?", (block,))}
    for point in owners:
        due |= {block for (block,) in index.db.execute("SELECT block FROM refrain WHERE point = ?", (point,))}
    said: dict[str, set[str]] = {point: set() for point in owners}
    index.db.executemany("DELETE FROM refrain WHERE block = ?", [(block,) for block in due])
    for blocks, uses in _groups(index, due):
        if len({use.story for use in uses}) > 1:
            point, lines = _stated(sorted(uses), quotes, base_iri)
            said[point] = lines
            index.db.executemany("INSERT INTO refrain VALUES (?, ?)", [(block, point) for block in blocks])
    added: set[str] = set()
    removed: set[str] = set()
    for point, lines in said.items():
        new, gone = index.say(point, lines)
        added |= new
        removed |= gone
    index.done()
    return added, removed


def _groups(index: Index, due: Iterable[int]) -> Iterator[tuple[set[int], set[Use]]]:
    """The blocks and sentences that hang together, for every block that is due."""
    left = set(due)
    while left:
        blocks: set[int] = set()
        uses: dict[tuple[int, int], Use] = {}
        fresh = {min(left)}
        while fresh:
            block = fresh.pop()
            blocks.add(block)
            for number, start, stop, release, day, lang, story in index.db.execute(_USES, (block,)).fetchall():
                if (number, start) not in uses:
                    uses[number, start] = Use(day or "9999", release, start, stop, number, lang, story)
                    fresh |= {other for (other,) in index.db.execute(_BLOCKS, (number, start))} - blocks
        left -= blocks
        yield blocks, set(uses.values())


def _stated(uses: list[Use], quotes: Quotes, base_iri: str) -> tuple[str, set[str]]:
    """The IRI of a talking point and what is said of it; it is named by the words of its first use."""
    first = uses[0]
    text = quotes(first.release, first.start, first.stop)
    point = f"{base_iri}talking-point/{digest(first.lang, text)}"
    lines = {
        _line(point, "rdf:type", literals.node(expand("elshi:TalkingPoint"))),
        _line(point, "schema:text", literals.tagged(text, first.lang)),
        _line(point, "schema:inLanguage", literals.plain(first.lang)),
    }
    days = [use.day for use in uses if use.day != "9999"]
    for term, day in (("elshi:firstUsed", days[:1]), ("elshi:lastUsed", days[-1:])):
        lines |= {_line(point, term, literals.date(each)) for each in day}
    for use in uses:
        node = f"{point}.{digest(use.release, use.start)[:12]}"
        lines |= {
            _line(point, "elshi:use", literals.node(node)),
            _line(node, "oa:hasSource", literals.node(use.release)),
            _line(node, "oa:hasSelector", literals.node(f"{node}#position")),
            _line(f"{node}#position", "rdf:type", literals.node(expand("oa:TextPositionSelector"))),
            _line(f"{node}#position", "oa:start", literals.integer(use.start)),
            _line(f"{node}#position", "oa:end", literals.integer(use.stop)),
        }
    return point, lines


def _line(subject: str, predicate: str, value: str) -> str:
    return f"{literals.node(subject)} {literals.node(expand(predicate))} {value}"
