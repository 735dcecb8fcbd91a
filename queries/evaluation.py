"""How well releases were read: precision, recall and F1 of a graph against gold stories, slot by slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from elshi.queries.gold import Match, Names, Story, ask, found_in
from elshi.store.base import View

__all__ = ["ABOUT", "LANGUAGES", "SLOTS", "Counts", "Judged", "Scores", "beside", "evaluate", "judged"]

LANGUAGES: Final = ("kk", "ru", "en")
SLOTS: Final = (
    "persons", "organisations", "links", "places", "positions", "roles", "events", "participants", "event_dates", "cooperation",
    "agreements", "statistics", "dates", "topics",
)  # fmt: skip
#: Slots whose facts are about something.
ABOUT: Final = ("events", "cooperation", "agreements")
_THEMES: Final = "SELECT ?n ?t WHERE { GRAPH ?g { ?n elshi:topic ?t } }"
_RELEASES: Final = "SELECT ?n ?g WHERE { GRAPH ?g { ?r a elshi:Release ; elshi:sourceName ?n } }"


class Counts(NamedTuple):
    """What was found of what was wanted."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of the found that is wanted."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Scores:
    """Counts per language and slot, summed over stories, and the versions that the graph does not hold."""

    counts: dict[tuple[str, str], Counts] = field(default_factory=dict)
    themes: dict[tuple[str, str], Counts] = field(default_factory=dict)  # of the facts that are right: what they are said to be about
    absent: list[str] = field(default_factory=list)

    def languages(self) -> list[str]:
        """The languages that were scored."""
        return [lang for lang in LANGUAGES if any(key[0] == lang for key in self.counts)]

    def macro(self, lang: str) -> float:
        """Mean F1 over the slots of which gold wants anything."""
        wanted = [c.f1 for (at, _), c in self.counts.items() if at == lang and c.wanted]
        return sum(wanted) / len(wanted) if wanted else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether gold states what a node of a release's graph states."""

    lang: str
    slot: str
    graph: str
    node: str
    right: bool


def evaluate(view: View, gold: Iterable[dict[str, Any]]) -> Scores:
    """Score the store's releases, found by the names of their files, against gold stories."""
    scores = Scores()
    for name, story, matches, graph in beside(view, gold):
        if matches is None:
            scores.absent.append(name)
            continue
        for into, slots in ((scores.counts, _counted(story, matches)), (scores.themes, _themes(view, graph, story, matches))):
            for slot, counts in slots:
                into[story.lang, slot] = into.get((story.lang, slot), Counts()).plus(counts)
    return scores


def judged(view: View, gold: Iterable[dict[str, Any]]) -> Iterator[Judged]:
    """Yield a verdict on every node that states something of a slot; what gold has no slot for is not judged."""
    for _, story, matches, graph in beside(view, gold):
        if matches is None:
            continue
        found = found_in(view, graph)
        for slot, match in matches.items():
            for right, things in ((True, [have for have, _ in match.pairs]), (False, match.extra)):
                yield from (Judged(story.lang, slot, graph, node, right) for thing in things for node in found.get(slot, {}).get(thing, ()))


def beside(view: View, gold: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Story, dict[str, Match] | None, str]]:
    """Every version of the stories with what the store holds of it, None where it holds nothing."""
    names = Names.of(view)
    graphs = dict(ask(view, _RELEASES))
    for story in gold:
        for lang in story["versions"]:
            version, graph = Story(story, lang, names), graphs.get(f"{story['id']}.{lang}.txt")
            yield f"{story['id']}.{lang}", version, version.matches(found_in(view, graph)) if graph else None, graph or ""


def _counted(story: Story, matches: dict[str, Match]) -> Iterator[tuple[str, Counts]]:
    for slot, match in matches.items():
        hits = len(match.pairs)
        yield slot, Counts(hits, hits + len(match.extra), hits + len(match.missed))
    events = matches["events"]
    wanted = [*(want for _, want in events.pairs), *events.missed]
    hits = sum(story.shared(have, want) for have, want in events.pairs)
    yield "participants", Counts(hits, sum(len(have.who) for have, _ in events.pairs), sum(len(want["participants"]) for want in wanted))
    dated = sum(bool(want["date_stated"] and have.date == want["date"]) for have, want in events.pairs)
    yield "event_dates", Counts(dated, sum(bool(have.date) for have, _ in events.pairs), sum(bool(want["date_stated"]) for want in wanted))


def _themes(view: View, graph: str, story: Story, matches: dict[str, Match]) -> Iterator[tuple[str, Counts]]:
    """The topics of the facts that gold states too, beside those it gives them."""
    said: dict[str, set[str]] = defaultdict(set)
    for node, topic in ask(view, _THEMES.replace("?g", f"<{graph}>")):
        said[node].add(topic.rpartition("/")[2])
    for slot in ABOUT:
        for have, want in matches[slot].pairs:
            if slot == "events":
                node, wanted = have.node, set(want["topics"])
            else:  # of several documents between the same parties it is not told which one was meant
                node, wanted = have[0], {topic for fact in story.gold[slot] if fact["parties"] == want for topic in fact["topics"]}
            yield slot, Counts(len(said[node] & wanted), len(said[node]), len(wanted))
