"""The house on one page: sources are acquired, read, annotated, linked, mapped, validated and taken in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from elshi import ElshiError, __version__, resource
from elshi.ingest.acquire import Failure, Found, acquire
from elshi.ingest.batch import spread
from elshi.ingest.model import Known, Page, Reading, Release
from elshi.ingest.read import Unreadable, read
from elshi.ingest.sites import SITES, Sites
from elshi.ontology.graph import GraphError
from elshi.ontology.mapping import authority_rows, graph_iri, rows
from elshi.ontology.vocab import BASE_IRI
from elshi.store.base import StoreRejected
from elshi.store.intake import Intake, Product, State

if TYPE_CHECKING:
    from elshi.ingest.web.opening import Web  # only where something is asked of the web

__all__ = ["Options", "Outcome", "Summary", "engine", "extract_sources", "ingest_sources", "produce", "read_sources", "readings_of"]

T = TypeVar("T")
#: Inputs that are written together, and the seconds after which no more are waited for.
TOGETHER: Final = 50
PATIENCE: Final = 5.0
#: Makes a Reading of a release.
Reads = Callable[[Release], Reading]
#: What decides how a release is read: a change in any of it means reading again.
_DECIDES: Final = ("ingest", "ontology", "shapes", "data/lexicons", "data/authorities", "data/models")


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read."""

    lang: str | None = None
    publisher: str | None = None
    since: str | None = None  # releases known to be of an earlier day are left out
    limit: int | None = None  # releases and failures after which no more is read; what was read before does not count
    jobs: int = 1
    base_iri: str = BASE_IRI
    web: Web | None = None  # what opens URLs, and remembers what came of them
    sites: Sites = SITES
    workers: Callable[[], Executor] | None = None  # what reads in place of `jobs` processes, such as a cluster
    stopped: Callable[[], bool] = lambda: False  # whether to take in nothing more and end with what is at hand


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input."""

    name: str
    state: State
    detail: str = ""  # why it failed or was refused
    key: str = ""  # of the release
    sha256: str = ""  # of its text
    found: bool = True  # whether the input was there at all
    violations: tuple[dict[str, str], ...] = ()

    def to_json(self) -> str:
        """One line of JSON."""
        return msgspec.json.encode(self).decode()


@dataclass(frozen=True, slots=True)
class Summary:
    """How many inputs ended in which state; together, all of them."""

    stored: int = 0
    unchanged: int = 0
    quarantined: int = 0
    failed: int = 0
    missing: int = 0  # of the failed, those that were not there

    @property
    def total(self) -> int:
        """Everything that came in."""
        return self.stored + self.unchanged + self.quarantined + self.failed

    def __add__(self, other: Summary) -> Summary:
        """The counts of two runs together."""
        return Summary(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __str__(self) -> str:
        """The closing line, such as `ingested 118, unchanged 30, quarantined 2`."""
        some = [f"{name} {n}" for name, n in (("quarantined", self.quarantined), ("failed", self.failed)) if n]
        return ", ".join([f"ingested {self.stored}", f"unchanged {self.unchanged}", *some])


def ingest_sources(
    sources: Iterable[str], intake: Intake, options: Options = Options(), *, reads: Reads | None = None,
    tell: Callable[[Outcome], None] = lambda _: None,
) -> Summary:  # fmt: skip
    """Read every source into an intake and say of each input what became of it; nothing stops the others."""
    counts: dict[State, int] = dict.fromkeys(("stored", "unchanged", "quarantined", "failed"), 0)
    missing = 0
    waiting: list[Outcome] = []

    def settled() -> None:
        """What was written for good is told, and not before."""
        nonlocal missing
        intake.settle()
        for outcome in waiting:
            if options.web:
                options.web.settle(outcome.name, outcome.key, outcome.sha256, kept=outcome.state != "failed")
            counts[outcome.state] += 1
            missing += outcome.state == "failed" and not outcome.found
            tell(outcome)
        waiting.clear()

    began = monotonic()
    try:
        for made in readings_of(sources, options, intake=intake, reads=reads):
            waiting.append(_taken(made, intake))
            if len(waiting) >= TOGETHER or monotonic() - began > PATIENCE:
                settled()
                began = monotonic()
    finally:  # whatever ends the run, what was taken is kept
        settled()
    intake.finish(counts)
    return Summary(**counts, missing=missing)


def _taken(made: Product | Outcome, intake: Intake) -> Outcome:
    if isinstance(made, Outcome):
        return made
    release = made.reading.release
    try:
        state = intake.take(made)
    except (StoreRejected, GraphError) as why:  # this one alone; a store that is gone stops the run
        return Outcome(release.source_name, "failed", str(why), release.key, release.sha256)
    violations = tuple(made.report.rows()) if state == "quarantined" else ()
    return Outcome(release.source_name, state, made.refusal, release.key, release.sha256, violations=violations)


def readings_of(
    sources: Iterable[str], options: Options = Options(), *, intake: Intake | None = None, reads: Reads | None = None
) -> Iterator[Product | Outcome]:
    """Yield what was made of every release, or the Outcome of an input that had to be read no further."""
    yield from _worked(sources, options, partial(produce, reads=reads, base_iri=options.base_iri), intake)


def extract_sources(sources: Iterable[str], options: Options = Options(), *, reads: Reads | None = None) -> Iterator[Reading | Outcome]:
    """Yield the Reading of every release, neither mapped nor validated, or the Outcome that says why there is none."""
    yield from _worked(sources, options, partial(_extracted, reads=reads), None)


def _worked(
    sources: Iterable[str], options: Options, work: Callable[[Sequence[Release]], list[T | Outcome]], intake: Intake | None
) -> Iterator[T | Outcome]:
    settled: list[tuple[int, Outcome]] = []  # what needed no work, and how many releases were handed on before it
    handed = given = taken = 0

    def pending() -> Iterator[Release]:
        nonlocal handed, taken
        for found in read_sources(sources, options):
            outcome = _met(found, intake)
            if outcome:
                settled.append((handed, outcome))
            elif isinstance(found, Release):
                handed += 1
                yield found
            taken += outcome is None or outcome.state == "failed"
            if options.limit is not None and taken >= options.limit:
                return

    for made in spread(pending(), work, lost=_lost, jobs=options.jobs, workers=options.workers, stopped=options.stopped):
        while settled and settled[0][0] <= given:
            yield settled.pop(0)[1]
        given += 1
        yield made
    yield from (outcome for _, outcome in settled)


def _met(found: Release | Outcome, intake: Intake | None) -> Outcome | None:
    """What is settled without reading: an input that failed, and a release that was read before."""
    if isinstance(found, Outcome) and found.state != "unchanged":
        return found
    state = intake.met(found.key, found.sha256) if intake else None
    if state is None:
        return found if isinstance(found, Outcome) else None
    detail = "the same release was refused before: see `elshi quarantine show`" if state == "quarantined" else ""
    name = found.name if isinstance(found, Outcome) else found.source_name
    return Outcome(name, state, detail, found.key, found.sha256)


def read_sources(sources: Iterable[str], options: Options = Options()) -> Iterator[Release | Outcome]:
    """Yield the release of every page of the sources, or the Outcome that says why there is none."""
    schemes = options.web.schemes if options.web else None
    for page in acquire(sources, lang=options.lang, publisher=options.publisher, schemes=schemes):
        found = _input(page, options)
        if isinstance(found, Outcome) or not options.since or (found.reported_on or options.since) >= options.since:
            yield found
        if options.stopped():
            return


def _input(page: Found, options: Options) -> Release | Outcome:
    if isinstance(page, Known):
        return Outcome(page.name, "unchanged", key=page.key, sha256=page.sha256)
    return Outcome(page.name, "failed", page.cause, found=page.found) if isinstance(page, Failure) else _read(page, options.sites)


def _read(page: Page, sites: Sites) -> Release | Outcome:
    try:
        return read(page, sites)
    except Unreadable as why:
        return Outcome(page.name, "failed", why.cause)
    except Exception as fault:  # a parser may fail in ways of its own; the page is named and the others are read
        return Outcome(page.name, "failed", _unexpected(fault))


def produce(releases: Sequence[Release], *, reads: Reads | None = None, base_iri: str = BASE_IRI) -> list[Product | Outcome]:
    """Annotate, link, map and validate releases; one that fails gives its Outcome and leaves the others alone."""
    from elshi.ingest.authorities import open_book
    from elshi.ingest.implied import implied_countries
    from elshi.shapes.validate import validate_many

    made: list[tuple[Reading, str] | Outcome] = [_mapped(release, reads or _reader(), base_iri) for release in releases]
    reports = validate_many(graph for _, graph in (m for m in made if not isinstance(m, Outcome)))
    book = open_book()
    return [
        m if isinstance(m, Outcome) else Product(
            m[0], graph_iri(m[0].release, base_iri=base_iri), m[1],
            authority_rows((*m[0].entities, *implied_countries(m[0], book)), base_iri=base_iri), next(reports),
        )
        for m in made
    ]  # fmt: skip


def _mapped(release: Release, reads: Reads, base_iri: str) -> tuple[Reading, str] | Outcome:
    reading = _read_through(release, reads)
    if isinstance(reading, Outcome):
        return reading
    return _attempted(release, lambda: (reading, rows(reading, base_iri=base_iri)))


def _read_through(release: Release, reads: Reads) -> Reading | Outcome:
    return _attempted(release, lambda: reads(release))


def _attempted(release: Release, make: Callable[[], T]) -> T | Outcome:
    try:
        return make()
    except ElshiError as why:
        return Outcome(release.source_name, "failed", str(why), release.key)
    except Exception as fault:  # one release that the rules trip over is named, the others go on
        return Outcome(release.source_name, "failed", _unexpected(fault), release.key)


def _extracted(releases: Sequence[Release], *, reads: Reads | None) -> list[Reading | Outcome]:
    return [_read_through(release, reads or _reader()) for release in releases]


def _reader() -> Reads:
    from elshi.ingest.reader import read_release  # spaCy: only when something has to be read

    return read_release


def _lost(release: Release) -> Outcome:
    return Outcome(release.source_name, "failed", "the process reading it died: is there enough memory?", release.key)


def _unexpected(fault: Exception) -> str:
    return f"could not be read: {type(fault).__name__}: {' '.join(str(fault).split())[:200]}: please report it with the release"


@cache
def engine() -> str:
    """Return what reads: Elshi's version and a digest of its rules, data and models."""
    digest = sha256(version("spacy").encode())  # which processors reckon twice as fast as any other
    for room in _DECIDES:
        for folder, _, files in sorted(os.walk(str(resource(room)))):
            for name in sorted(files):
                if not name.endswith((".pyc", ".json.tmp")) and "__pycache__" not in folder:
                    with open(os.path.join(folder, name), "rb") as file:
                        digest.update(name.encode() + file.read())
    return f"elshi/{__version__}+{digest.hexdigest()[:16]}"
