"""`elshi serve`: the store over HTTP, for people and programs."""

from __future__ import annotations

import click

from elshi.commands.console import Console, common, pass_console, store_option


@click.command(epilog="Example: elshi serve --port 8000 --open")
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Show the start page in a browser.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30, show_default=True, metavar="SECONDS", help="Time of one query."
)
@click.option("--memory", type=click.IntRange(min=64), default=1024, show_default=True, metavar="MB", help="Memory of one query.")
@click.option("--rows", type=click.IntRange(min=1), default=200_000, show_default=True, help="Rows of one answer.")
@click.option(
    "--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Queries at a time; as many long ones beside them."
)
@click.option("--cors", is_flag=True, help="Let pages of other sites ask.")
@click.option("--allow-service", multiple=True, metavar="HOST[:PORT]", help="A host that SERVICE may call; none otherwise.")
@click.option("--root-path", default="", metavar="PATH", help="The path under which a proxy passes requests on, taken away or not.")
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@common
@pass_console
def serve(
    console: Console, store: str, host: str, port: int, open_browser: bool, timeout: float, memory: int, rows: int, workers: int, cors: bool,
    allow_service: tuple[str, ...], root_path: str, base_iri: str | None,
) -> int:  # fmt: skip
    """Serve pages and a SPARQL endpoint, read-only; what is ingested meanwhile shows without a restart."""
    import threading
    import webbrowser

    from elshi.portal.answer import Limits
    from elshi.portal.serve import Serving
    from elshi.portal.serve import serve as run
    from elshi.portal.workers import Room
    from elshi.store.base import open_view
    from elshi.store.origin import base_of

    _log(console)
    said = {name: setting.value for name, setting in console.settings.items()}
    with open_view(store) as view:
        base = base_of(view, base_iri)
    serving = Serving(
        store, host, port, base, _path(root_path), cors, frozenset(allow_service), said,
        Limits(seconds=timeout, memory=memory << 20, rows=rows), Room(quick=workers, long=workers),
    )  # fmt: skip

    def ready(address: str) -> None:
        console.say(f"serving {store} at {address} (SPARQL at {address}sparql; stop with Ctrl-C)")
        if open_browser:
            threading.Timer(1.0, webbrowser.open, [address]).start()

    run(serving, ready=ready)
    return 0


def _path(given: str) -> str:
    """A path that begins with a slash and ends without one; empty for none."""
    return f"/{given.strip('/')}" if given.strip("/") else ""


def _log(console: Console) -> None:
    """Write a line on standard error for every request, and for what goes wrong; a quiet server writes the latter only."""
    import logging

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            facts = getattr(record, "said", {})
            words = (
                record.getMessage()
                if not record.exc_info
                else f"{record.getMessage()}: {logging.Formatter().formatException(record.exc_info)}"
            )
            time = logging.Formatter("%(asctime)s").formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
            console.tell(words if console.json_log else f"{time} {words}", level=record.levelname.lower(), time=time, **facts)

    logging.basicConfig(level=logging.WARNING if console.quiet else logging.INFO, handlers=[Lines()])
