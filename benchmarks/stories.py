"""How the time to keep one story one story grows with the store: stories in three languages, copies of them and digests, day after day.

`python benchmarks/stories.py` takes ten thousand releases in, in memory, and prints what a release cost as the store grew, and
whether every meeting came out as one node; `--quick` takes six hundred. What is timed is what the aligned store does beside what
a store does that only replaces graphs, which is timed on the same releases. All persons and events are made by numbers.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final, get_args

from elshi.benchmarks.synthetic import FAMILY, GIVEN, SUBJECTS
from elshi.ingest.languages.romanisation import romanise
from elshi.ingest.model import Agreement, Entity, Event, Lang, Mention, Reading, Release, Statistic
from elshi.ontology.mapping import graph_iri, rows
from elshi.ontology.vocab import prefixes
from elshi.store.base import Table, open_writer
from elshi.store.stories import Stories
from elshi.stories.index import Index

__all__ = ["told"]

LANGUAGES: Final[tuple[Lang, ...]] = get_args(Lang)
HOSTS, GUESTS, BODIES, TOWNS, STORIES_A_DAY = 6, 4_000, 800, 60, 5
KZ: Final = "place/kz"


def told(stories: int) -> Iterator[Reading]:
    """Yield the releases of so many stories as they come in: three versions of each, a copy of some, a digest of every five."""
    for number in range(stories):
        versions = [_version(number, lang) for lang in LANGUAGES]
        yield from versions
        if number % 4 == 0:
            yield _copy(versions[number % 3])
        if number % STORIES_A_DAY == STORIES_A_DAY - 1:
            yield _digest(range(number - STORIES_A_DAY + 1, number + 1), LANGUAGES[number % 3])


class _Page:
    """A release in the making, every fact with a sentence of its own."""

    def __init__(self, key: str, lang: Lang, day: date, publisher: str) -> None:
        self.key, self.lang, self.day, self.publisher = key, lang, day, publisher
        self.text, self.entities = f"date {day} {key}\n", {KZ: Entity(KZ, "Country", (("Қазақстан", lang),), country="KZ")}

    def says(self, sentence: str) -> tuple[Mention, ...]:
        start = len(self.text)
        self.text += sentence + "\n"
        return (Mention(start, start + len(sentence), sentence, "sentence", 0.9, "rule:made/1"),)

    def person(self, number: int) -> str:
        name = f"{GIVEN[number % len(GIVEN)]} {_family(number)}"
        return self._named(f"person/p{number}", "Person", romanise(name, "kk") if self.lang == "en" else name)

    def body(self, number: int) -> str:
        return self._named(f"organization/o{number}", "University", f"Institute {number}")

    def town(self, number: int) -> str:
        return self._named(f"place/gn-{number}", "City", f"Town {number}")

    def _named(self, key: str, kind: str, name: str) -> str:
        self.entities.setdefault(key, Entity(key, kind, ((name, self.lang),)))
        return key

    def reading(self, **facts: tuple[Event | Agreement | Statistic, ...]) -> Reading:
        release = Release(self.key, self.lang, self.key, self.text, sha256(self.text.encode()).hexdigest(), f"{self.key}.txt",
                          header_date=self.day.isoformat(), publisher=self.publisher)  # fmt: skip
        return Reading(release, tuple(self.entities.values()), **facts)  # type: ignore[arg-type]


def _family(number: int) -> str:
    return FAMILY[number // len(GIVEN) % len(FAMILY)].removesuffix("а") + "".join("абвгдежзик"[int(digit)] for digit in str(number)) + "ов"


def _day(number: int) -> date:
    return date(2015, 1, 1) + timedelta(days=number // STORIES_A_DAY)


def _meeting(page: _Page, number: int, which: int) -> Event:
    draw = random.Random(number * 2 + which)
    who = (page.person(draw.randrange(HOSTS)), page.person(HOSTS + draw.randrange(GUESTS)))
    start = (_day(number) - timedelta(days=1)).isoformat()
    sentence = f"{page.lang} {' '.join(draw.choice(SUBJECTS) for _ in range(9))} {who} {start}."
    return Event(f"e{number}-{which}", "Meeting", page.says(sentence), who, (KZ, page.body(draw.randrange(BODIES))), start,
                 place=page.town(draw.randrange(TOWNS)) if page.lang != "ru" else None)  # fmt: skip


def _version(number: int, lang: Lang) -> Reading:
    draw, page = random.Random(number), _Page(f"s{number}-{lang}", lang, _day(number), "ministry")
    events = tuple(_meeting(page, number, which) for which in range(2))
    body, students = page.body(draw.randrange(BODIES)), str(draw.randrange(1_000, 90_000))
    pact = Agreement(
        "a", (KZ, body), "signed", page.says(f"{lang} signed {body} {draw.choice(SUBJECTS)} in the presence of both sides."), label=lang
    )
    figure = Statistic("s", body, "students", students, page.says(f"{lang} {students} students study there, as was said at the meeting."))
    own = random.Random(f"{number} {lang}")
    for _ in range(8):
        page.says(f"{lang} " + " ".join(f"{own.choice(SUBJECTS)}{own.randrange(400)}" for _ in range(14)) + ".")
    return page.reading(events=events, agreements=(pact,), statistics=(figure,))


def _copy(version: Reading) -> Reading:
    """What a news site makes of a release: most of its text, on the day after, and nothing read from it."""
    source = version.release
    page = _Page(f"{source.key}-copy", source.lang, date.fromisoformat(str(source.header_date)) + timedelta(days=1), "news")
    for line in source.text.splitlines()[1:-2]:
        page.says(line)
    return page.reading()


def _digest(numbers: range, lang: Lang) -> Reading:
    page = _Page(f"digest-{numbers.start}", lang, _day(numbers.start) + timedelta(days=2), "ministry")
    return page.reading(events=tuple(_meeting(page, number, 0) for number in numbers))


def _timed(stories: int, *, aligned: bool, size: int) -> tuple[list[tuple[int, float]], dict[str, int]]:
    """How long the releases of each step took, by how many there were then; and what the store holds at the end."""
    taken: list[tuple[int, float]] = []
    made = told(stories)
    with open_writer("memory:") as writer:
        keeps = Stories(writer, Index(None)) if aligned else writer
        while some := [(graph_iri(reading.release), rows(reading)) for reading in islice(made, size)]:
            began = time.process_time()
            for graph, text in some:
                keeps.replace(graph, text)
            taken.append((len(some) + (taken[-1][0] if taken else 0), (time.process_time() - began) / len(some) * 1000))
            print(f"{'aligned' if aligned else 'plain':>10}{taken[-1][0]:>10}{taken[-1][1]:>10.2f} ms", flush=True)
        return taken, {kind: _count(writer, pattern) for kind, pattern in _COUNTED.items()}


_COUNTED: Final = {
    "meetings": "?x a elshi:Meeting", "agreements": "?x a elshi:Agreement", "figures": "?x a elshi:Statistic",
    "translations": "?x schema:workTranslation ?y", "copies": "?x prov:wasQuotedFrom ?y",
}  # fmt: skip


def _count(writer: object, pattern: str) -> int:
    answer = writer.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}", prefixes=prefixes())  # type: ignore[attr-defined]
    assert isinstance(answer, Table)
    ((number,),) = answer.rows
    assert number is not None
    return int(number.value)


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--releases", type=int, default=10_000, help="about so many")
    parser.add_argument("--quick", action="store_true", help="six hundred releases: whether it works, not how fast it is")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as JSON; - for standard output")
    given = parser.parse_args()
    count = 600 if given.quick else given.releases
    stories = round(count / (3 + 1 / 4 + 1 / STORIES_A_DAY))
    size = -(-count // (3 if given.quick else 10))
    print(f"{'store':>10}{'releases':>10}   processor time of each")
    plain, _ = _timed(stories, aligned=False, size=size)
    aligned, held = _timed(stories, aligned=True, size=size)
    growth = aligned[-1][1] / aligned[0][1]
    wanted = {
        "meetings": 2 * stories,
        "agreements": stories,
        "figures": stories,
        "translations": 3 * stories + -(-stories // 4),
        "copies": -(-stories // 4),
    }
    print(f"a release of the last step cost {growth:.2f} x one of the first")
    for kind, number in wanted.items():
        print(f"{kind:>14}: {held[kind]} of {number}")
    if given.json:
        figures = {"plain_ms": plain, "aligned_ms": aligned, "growth": growth, "held": held, "wanted": wanted}
        out = sys.stdout if given.json == "-" else open(given.json, "w", encoding="utf-8")
        json.dump(figures, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
