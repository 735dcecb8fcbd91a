"""Keeps track of what is one across releases: each that comes or goes changes only what it touches, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from elshi.stories.clusters import clusters
from elshi.stories.index import Index
from elshi.stories.meeting import meet
from elshi.stories.relations import former_names, relations
from elshi.stories.sketch import Sketch
from elshi.stories.ties import tie

__all__ = ["Alignment", "Shift"]


@dataclass(slots=True)
class Shift:
    """What a release that came or went changed."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)  # by graph: the name a thing went by -> the name it goes by
    said: set[str] = field(default_factory=set)  # N-Triples lines, ends left off, to add to the graph of stories
    unsaid: set[str] = field(default_factory=set)  # and to take back


class Alignment:
    """Which releases tell one story, and under which name their persons, events, agreements and figures are one.

    The state depends on the set of releases alone. What is one goes by the IRI that the earliest release gives it.
    """

    def __init__(self, index: Index) -> None:
        """Use an index."""
        self.index = index
        self.apart: frozenset[frozenset[str]] = frozenset()  # pairs of IRIs that somebody decided are not one

    def admit(self, sketch: Sketch, sha: str) -> Shift:
        """Take a release in, in place of what was known of it."""
        if self.index.holds(sketch, sha):
            return Shift()
        kindred, iris = self._touched(sketch.graph)
        release, near = self.index.put(sketch, sha)
        for number in near:
            self._tie((release, sketch), (number, self.index.sketch(number)))
        return self._settled(kindred | {release}, iris | {iri for (iri,) in self._ask("SELECT iri FROM named WHERE release = ?", release)})

    def withdraw(self, graph: str) -> Shift:
        """Forget a release."""
        kindred, iris = self._touched(graph)
        known = self.index.drop(graph)
        shift = self._settled(kindred - {known}, iris)
        self._say(shift, graph, set())
        return shift

    def names(self, graph: str) -> dict[str, str]:
        """Return the names that things of a release go by, where they are not the release's own."""
        return dict(self._ask(
            "SELECT a.iri, a.name FROM release AS r JOIN named AS n ON n.release = r.id JOIN renamed AS a ON a.iri = n.iri WHERE r.graph = ?",
            graph,
        ))  # fmt: skip

    def statements(self) -> Iterator[str]:
        """Yield everything that the graph of stories says."""
        yield from (line for (line,) in self._ask("SELECT DISTINCT line FROM said ORDER BY line"))

    def _ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.index.db.execute(query, values).fetchall()

    def _tie(self, *sides: tuple[int, Sketch]) -> None:
        """Note what ties two releases; which of them is the first does not depend on which came first."""
        (ours, one), (theirs, other) = sorted(sides, key=lambda side: side[1].graph)
        found = tie(one, other)
        if found.kin:
            self._ask("INSERT INTO kin VALUES (?, ?, ?, ?)", ours, theirs, found.kin.bond, found.kin.score)
        bonds = [(b.one, b.other, ours, theirs, b.score, kin) for kin, several in ((0, found.sure), (1, found.fitting)) for b in several]
        self.index.db.executemany("INSERT INTO bond VALUES (?, ?, ?, ?, ?, ?)", bonds)

    def _touched(self, graph: str) -> tuple[set[int], set[str]]:
        """The releases and the IRIs that a change of this release may concern, as far as is known before it."""
        release = self.index.number(graph)
        if release is None:
            return set(), set()
        return self._kindred({release}), {iri for (iri,) in self._ask("SELECT iri FROM named WHERE release = ?", release)}

    def _kindred(self, releases: set[int]) -> set[int]:
        """All releases that kinship leads to."""
        found, fresh = set(releases), list(releases)
        while fresh:
            for (other,) in self._ask("SELECT other FROM kin WHERE one = ?1 UNION SELECT one FROM kin WHERE other = ?1", fresh.pop()):
                if other not in found:
                    found.add(other)
                    fresh.append(other)
        return found

    def _settled(self, releases: set[int], iris: set[str]) -> Shift:
        shift = Shift()
        for release in self._regroup(shift, self._kindred(releases)):
            iris |= {iri for (iri,) in self._ask("SELECT iri FROM named WHERE release = ?", release)}
        self._rename(shift, iris)
        both = shift.said & shift.unsaid
        shift.said -= both
        shift.unsaid -= both
        return shift

    # Stories

    def _regroup(self, shift: Shift, releases: set[int]) -> set[int]:
        """Group releases into stories; return those whose story is another than before."""
        listed = ",".join(map(str, releases))
        rows = self._ask(f"SELECT id, graph, story, sketch FROM release WHERE id IN ({listed})")
        members = {graph: Sketch.from_bytes(packed) for _, graph, _, packed in rows}
        graphs = {number: graph for number, graph, _, _ in rows}
        ties = self._ask(f"SELECT one, other, bond, score FROM kin WHERE one IN ({listed})")
        copies = {frozenset((graphs[a], graphs[b])) for a, b, bond, _ in ties if bond != "translation"}
        groups = clusters(
            ((graphs[a], graphs[b], score) for a, b, _, score in ties),
            apart=lambda x, y: members[x].lang == members[y].lang and frozenset((x, y)) not in copies,
        )
        story = {graph: min(group) for group in groups if len(group) > 1 for graph in group}
        said = {graph: lines for group in groups if len(group) > 1 for graph, lines in relations([members[g] for g in group]).items()}
        moved = {number for number, graph, before, _ in rows if before != story.get(graph)}
        self.index.db.executemany("UPDATE release SET story = ? WHERE id = ?", [(story.get(graphs[number]), number) for number in moved])
        self.index.owe(moved)
        for graph in members:
            self._say(shift, graph, said.get(graph, set()))
        return moved

    # Things

    def _rename(self, shift: Shift, iris: set[str]) -> None:
        """Find anew under which name things are one, for these IRIs and all that are or were one with any of them."""
        before = self._names(iris)
        iris |= {
            iri for name in set(before.values()) for (iri,) in self._ask("SELECT iri FROM renamed WHERE name = ?1 UNION SELECT ?1", name)
        }
        edges = self._bonds(iris)
        bonded = {iri for one, other, _ in edges for iri in (one, other)}
        before = self._names(iris | bonded)
        iris = bonded | {iri for iri, name in before.items() if name != iri}  # nothing happens to the others
        seen = self._seen(iris)
        days: dict[str, str] = {iri: min((day or "9999" for _, _, day, _ in where), default="") for iri, where in seen.items()}
        after = {iri: iri for iri in iris}
        for group in clusters(edges, apart=lambda x, y: frozenset((x, y)) in self.apart or _apart(seen[x], seen[y])):
            after |= dict.fromkeys(group, min(group, key=lambda iri: (days[iri], iri)))
        for iri in sorted(iris):
            self._note(shift, iri, before[iri], after[iri], seen[iri])

    def _names(self, iris: Iterable[str]) -> dict[str, str]:
        found = {iri: iri for iri in iris}
        for some in _by_hundreds(found):
            found |= dict(self._ask(f"SELECT iri, name FROM renamed WHERE iri IN ({_slots(some)})", *some))
        return found

    def _bonds(self, iris: set[str]) -> set[tuple[str, str, float]]:
        """The pairs that hold, of these IRIs and of all that they lead to."""
        found: set[tuple[str, str, float]] = set()
        known, fresh = set(iris), set(iris)
        while fresh:
            rows = [
                row for some in _by_hundreds(fresh) for side in ("one", "other") for row in self._ask(
                    f"""SELECT b.one, b.other, b.score FROM bond AS b JOIN release AS r ON r.id = b.ours JOIN release AS s ON s.id = b.theirs
                    WHERE b.{side} IN ({_slots(some)}) AND (b.kin = 0 OR r.story = s.story)""", *some)
            ]  # fmt: skip
            found |= set(rows)
            fresh = {iri for one, other, _ in rows for iri in (one, other)} - known
            known |= fresh
        return found

    def _seen(self, iris: Iterable[str]) -> dict[str, list[tuple[str, str, str, str]]]:
        """Where each IRI stands: graph, release, day of the release, day of the thing."""
        found: dict[str, list[tuple[str, str, str, str]]] = {iri: [] for iri in iris}
        for some in _by_hundreds(found):
            for iri, *where in self._ask(
                f"""SELECT n.iri, r.graph, r.release, r.day, n.span FROM named AS n JOIN release AS r ON r.id = n.release
                WHERE n.iri IN ({_slots(some)})""", *some,
            ):  # fmt: skip
                found[iri].append((where[0], where[1], where[2], where[3]))
        return found

    def _note(self, shift: Shift, iri: str, before: str, after: str, where: list[tuple[str, str, str, str]]) -> None:
        if before != after:
            self._ask("DELETE FROM renamed WHERE iri = ?", iri)
            if after != iri:
                self._ask("INSERT INTO renamed VALUES (?, ?)", iri, after)
            for graph, *_ in where:
                shift.names.setdefault(graph, {})[before] = after
        self._say(shift, iri, former_names(iri, after, (release for _, release, _, _ in where)) if after != iri and where else set())

    def _say(self, shift: Shift, owner: str, lines: set[str]) -> None:
        """Let what is said of an owner be these lines."""
        new, gone = self.index.say(owner, lines)
        shift.said |= new
        shift.unsaid |= gone


def _apart(ours: list[tuple[str, str, str, str]], theirs: list[tuple[str, str, str, str]]) -> bool:
    """Does one release tell of both, or are they on different days?"""
    if {graph for graph, *_ in ours} & {graph for graph, *_ in theirs}:
        return True
    spans = {span for *_, span in ours if span}, {span for *_, span in theirs if span}
    return all(spans) and not any(meet(a, b) for a in spans[0] for b in spans[1])


def _by_hundreds(iris: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(iris)
    yield from (listed[at : at + 500] for at in range(0, len(listed), 500))


def _slots(values: list[str]) -> str:
    return ",".join("?" * len(values))
