"""What commands that read sources share: the options that say which releases, and how the web is asked for them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from elshi.flow import Options
    from elshi.ingest.cluster import Cluster
    from elshi.ingest.web.fetch import Fetcher
    from elshi.store.intake import Intake

__all__ = ["Asking", "asking_options", "opened", "visits_file"]

_VISITS: Final = "web.sqlite"
_WHO_WORKS: Final = ("jobs", "cluster")


@dataclass(frozen=True, slots=True)
class Asking:
    """What a command was told about its sources."""

    lang: str
    publisher: str | None
    jobs: int
    cluster: str | None
    since: datetime | None
    limit: int | None
    match: str | None
    sites: str | None
    pace: float
    user_agent: str | None
    allow_private: bool
    robots: bool

    def noted(self) -> dict[str, Any]:
        """What a run's journal keeps: everything but who does the work."""
        said = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _WHO_WORKS}
        return said | {"since": self.since and self.since.date().isoformat()}

    def as_noted(self, said: Mapping[str, Any]) -> Asking:
        """Ask as a journal says a run asked."""
        since = said.get("since")
        known = {each.name: said[each.name] for each in fields(self) if each.name in said and each.name not in _WHO_WORKS}
        return replace(self, **known | {"since": datetime.fromisoformat(since) if since else None})


def _pattern(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        re.compile(value or "")
    except re.error as fault:
        raise click.BadParameter(f"{value!r} is no regular expression: {fault}") from None
    return value


_OPTIONS: Final = (
    click.option("--lang", type=click.Choice(["auto", "kk", "ru", "en"]), default="auto", help="The language of the releases."),
    click.option("--publisher", help="Who publishes them, such as gov.kz."),
    click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Leave out releases known to be older."),
    click.option("--limit", type=click.IntRange(min=1), help="Read at most so many; what is known to be unchanged does not count."),
    click.option(
        "--jobs", type=click.IntRange(min=1), default=lambda: min(4, os.cpu_count() or 1), show_default="cores, up to 4", help="Processes."
    ),
    click.option("--cluster", metavar="tcp://…", help="Read on a Dask cluster instead."),
    click.option(
        "--match", metavar="REGEX", callback=_pattern, help="Of the pages that feeds and sitemaps name, those whose URL it is found in."
    ),
    click.option("--sites", type=click.Path(exists=True, dir_okay=False), help="A table of sites of your own, like data/sites.tsv."),
    click.option("--pace", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds between two requests to a host."),
    click.option("--user-agent", help="Who asks, as servers are told: name it with an address where you can be reached."),
    click.option("--allow-private", is_flag=True, help="Fetch from private, loopback and link-local addresses too."),
    click.option("--robots/--no-robots", default=True, help="Heed robots.txt (the default), or not, where you have leave."),
)


def asking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options on its sources, together as one argument `asking`."""

    @wraps(command)
    def gathered(*args: Any, **given: Any) -> Any:
        asking = Asking(**{each.name: given.pop(each.name) for each in fields(Asking)})
        return command(*args, asking=asking, **given)

    made: Callable[..., Any] = gathered
    for option in reversed(_OPTIONS):
        made = option(made)
    return made


@contextmanager
def opened(
    asking: Asking, *, store: str | None = None, intake: Intake | None = None, base_iri: str | None = None,
    stopped: Callable[[], bool] = lambda: False, sleep: Callable[[float], object] | None = None,
) -> Iterator[Options]:  # fmt: skip
    """Open the web for a run; what is learnt of it is kept beside `store`, where there is one."""
    from elshi.flow import Options
    from elshi.ingest.sites import Sites
    from elshi.ingest.web.opening import Web
    from elshi.ingest.web.visits import Visits
    from elshi.ontology.vocab import BASE_IRI

    since = asking.since.date().isoformat() if asking.since else None
    sites = Sites.with_table(Path(asking.sites)) if asking.sites else Sites()
    held = {"held": intake.holds} if intake else {}
    web = Web(
        partial(_fetcher, asking, sleep),
        Visits(visits_file(store) if store else None),
        **held,
        sites=sites,
        since=since,
        match=asking.match,
    )
    with ExitStack() as open_too:
        open_too.callback(web.close)
        cluster = open_too.enter_context(_cluster(asking.cluster)) if asking.cluster else None
        yield Options(
            None if asking.lang == "auto" else asking.lang, asking.publisher, since, asking.limit, cluster.jobs if cluster else asking.jobs,
            base_iri or BASE_IRI, web, sites, cluster.workers if cluster else None, stopped,
        )  # fmt: skip


def _fetcher(asking: Asking, sleep: Callable[[float], object] | None) -> Fetcher:
    import time

    from elshi.ingest.web.fetch import Fetcher, Manners

    manners = Manners(
        agent=asking.user_agent or Manners().agent, allow_private=asking.allow_private, robots=asking.robots, pace=asking.pace
    )
    return Fetcher(manners, sleep=sleep or time.sleep)


def visits_file(store: str) -> Path | None:
    """Where what is learnt of the web is kept for a store: in its folder; for a store elsewhere, in the user's cache."""
    from hashlib import sha256

    import platformdirs

    from elshi.store.base import folder_of

    folder = folder_of(store)
    if folder is not None:
        return folder / _VISITS
    if store.startswith("memory:"):
        return None
    return Path(platformdirs.user_cache_dir("elshi")) / f"{sha256(store.encode()).hexdigest()[:16]}.{_VISITS}"


def _cluster(address: str) -> AbstractContextManager[Cluster]:
    from elshi.flow import engine
    from elshi.ingest.cluster import connected

    return connected(address, engine)
