"""What commands that fill a store share: opening it for a run, telling what became of each input, the status that says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from elshi.commands.console import Console

if TYPE_CHECKING:
    from elshi.flow import Outcome, Summary
    from elshi.store.intake import IntoStore

__all__ = ["counted", "into_store", "status", "tell_outcome"]


def into_store(
    held: ExitStack, store: str, *, base_iri: str | None = None, started: str | None = None, again: bool = False,
    noted: Callable[[Mapping[Any, int], str], None] = lambda counts, now: None,
) -> IntoStore:  # fmt: skip
    """Open a store for a run that begins now, or that began at another time; `noted` is told when it has come to its end.

    The base IRI is the store's own; raises StoreError where another one is named.
    """
    from elshi import __version__
    from elshi.flow import engine
    from elshi.store.base import open_writer
    from elshi.store.intake import IntoStore
    from elshi.store.moments import now
    from elshi.store.origin import writing_base
    from elshi.store.provenance import Run
    from elshi.store.quarantine import Quarantine
    from elshi.store.stories import Stories

    writer = held.enter_context(open_writer(store))
    base = writing_base(writer, base_iri)
    run = Run(started or now(), engine(), f"elshi {__version__}", base)
    stories = Stories.of(writer, store, base_iri=base)
    return IntoStore(writer, Quarantine.of(store), run, base_iri=base, again=again, noted=noted, stories=stories)


def tell_outcome(console: Console, outcome: Outcome) -> None:
    """Say what went wrong with an input; what went well only to those who want to know."""
    if outcome.state in ("failed", "quarantined"):
        words = f"{outcome.name}: {outcome.detail if outcome.state == 'failed' else 'quarantined: ' + outcome.detail}"
        console.tell(words, level="error", name=outcome.name, state=outcome.state)
    else:
        console.detail(f"{outcome.name}: {outcome.state}")


def counted(summary: Summary) -> dict[str, int]:
    """The counts of a run by state."""
    return {name: getattr(summary, name) for name in ("stored", "unchanged", "quarantined", "failed")}


def status(summary: Summary) -> int:
    """The exit status of a run."""
    if summary.missing and summary.missing == summary.total:
        return 5
    return 4 if summary.failed or summary.quarantined else 0
