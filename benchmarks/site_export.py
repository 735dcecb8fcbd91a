"""How fast a site is written, and in how much memory, as the store grows: people, bodies and meetings made up by a counter.

Usage: python benchmarks/site_export.py [THINGS] [FOLDER]   (100000 things unless said otherwise; about 20 minutes)

Prints a line for each tenth of the way: things written, seconds, peak memory (RSS) of the process so far. The same for the run
after, in which nothing has changed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from elshi.ingest.model import Entity, Event, Mention, Position, Reading, Release
from elshi.ontology.mapping import rows, vocabulary_rows
from elshi.ontology.vocab import BASE_IRI
from elshi.portal.export.publication import publication
from elshi.portal.export.publish import Wanted, export_store
from elshi.store.base import open_view, open_writer

#: Resources that a release made up here brings: itself, three people, two bodies, three offices and a meeting.
EACH = 10
_AT_ONCE = 200


def release(number: int) -> Reading:
    """Make up a release about people and bodies that no other has, and a country that all have."""
    people = [f"Person {number} {letter}" for letter in "abc"]
    bodies = [f"Institute {number} {letter}" for letter in "xy"]
    title = f"Release {number}"
    text = f"{title}\nOn 3 March 2026 {', '.join(people)} of {' and '.join(bodies)} met in Kazakhstan."

    def found(part: str, kind: str) -> tuple[Mention, ...]:
        start = text.index(part)
        return (Mention(start, start + len(part), part, kind, 0.9, "made/1"),)

    said = found(text.partition("\n")[2], "sentence")
    persons = [f"person/{name.lower().replace(' ', '-')}" for name in people]
    institutes = [f"organization/{name.lower().replace(' ', '-')}" for name in bodies]
    entities = (
        *(Entity(key, "Person", ((name, "en"),), found(name, "Person")) for key, name in zip(persons, people, strict=True)),
        *(
            Entity(key, "ResearchInstitute", ((name, "en"),), found(name, "ResearchInstitute"))
            for key, name in zip(institutes, bodies, strict=True)
        ),
        Entity("place/kz", "Country", (("Kazakhstan", "en"),), found("Kazakhstan", "Country"), country="KZ"),
    )
    day = f"20{20 + number % 6}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return Reading(
        Release(f"made-{number}", "en", title, text, sha256(text.encode()).hexdigest(), f"made-{number}.txt", issued=day),
        entities,
        positions=tuple(Position(f"p{i}", person, "director", said, institutes[i % 2]) for i, person in enumerate(persons)),
        events=(Event("e1", "Meeting", said, tuple(persons), ("place/kz", *institutes), day, topics=("space",)),),
    )


def fill(store: str, things: int) -> None:
    """Put enough releases into a store."""
    with open_writer(store) as writer:
        writer.add(vocabulary_rows())
        for first in range(0, things // EACH, _AT_ONCE):
            writer.add("".join(rows(release(number)) for number in range(first, min(first + _AT_ONCE, things // EACH))))


def export(store: str, dest: Path, things: int) -> None:
    """Write the site and print how it goes."""
    began, done, tenth = time.monotonic(), 0, max(things // 10, 1)

    def step(name: str) -> None:
        nonlocal done
        done += name.startswith(BASE_IRI)
        if name.startswith(BASE_IRI) and not done % tenth:
            told(done, began)

    with open_view(store) as view:
        made = export_store(view, dest, Wanted(("site",), languages=("en",)), publication({}, base_iri=BASE_IRI), step=step)
    told(done, began)
    print(f"wrote {made.changed} files, left {made.unchanged}, removed {made.removed}", flush=True)


def told(done: int, began: float) -> None:
    """Print a line of figures."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{done:>8} things  {time.monotonic() - began:>7.0f} s  peak {peak:>5} MB", flush=True)


def main() -> None:
    """Make a store, then export it twice, each time in a process of its own so that memory is told apart."""
    if sys.argv[1:2] == ["--export"]:
        export(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        return
    things = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        fill(f"{folder}/store", things)
        for _ in range(2):
            subprocess.run([sys.executable, __file__, "--export", f"{folder}/store", f"{folder}/site", str(things)], check=True)


if __name__ == "__main__":
    main()
