"""An export from end to end: the dumps, the site and the catalogue that were asked for, into one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from elshi import resource
from elshi.ontology.graph import serialized
from elshi.ontology.vocab import prefixes
from elshi.portal.description import service_description
from elshi.portal.export.catalogue import Distribution, catalogue, write_catalogue
from elshi.portal.export.dumps import DUMPS, dump
from elshi.portal.export.egov import write_package
from elshi.portal.export.entities import write_entities
from elshi.portal.export.figures import Figures, figures
from elshi.portal.export.folder import Folder, Written
from elshi.portal.export.graphml import write_network
from elshi.portal.export.hosting import write_hosting
from elshi.portal.export.publication import Publication, PublicationError
from elshi.portal.export.sitemap import Sitemap
from elshi.portal.export.statements import PUBLISHING
from elshi.portal.export.tables import write_tables
from elshi.portal.export.vocabulary import write_vocabulary
from elshi.portal.export.void import void
from elshi.portal.export.website import Website
from elshi.queries.formats import FORMATS
from elshi.store.base import View

__all__ = ["DEFAULT", "Exported", "Wanted", "export_store"]

#: The formats of an export that names none.
DEFAULT: Final = ("nq", "ttl", "csv")
#: What the files of each format begin with, so that those of an earlier export go.
_OWNED: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: (f"elshi.{name}",) for name in (*DUMPS, "graphml")}, "csv": ("csv/",), "jsonld": ("jsonld/",), "egov": ("egov/",),
    "catalogue": ("catalog.", "void.ttl", ".well-known/void", "service.ttl"), "site": ("",),
}  # fmt: skip
_GRAPHS: Final = 100  # that a service description names


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is to hold."""

    formats: tuple[str, ...] = DEFAULT
    compress: str = "gz"  # gz, zst or none
    provenance: bool = True  # with the graph of runs and past versions
    mark: bool = False  # begin tables with a byte order mark
    catalogue: bool | None = None  # None: with a site, where enough is known
    languages: tuple[str, ...] = ("kk", "ru", "en")  # of a site's pages


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    files: tuple[Written, ...]  # dumps, tables and catalogue: what people fetch
    changed: int
    unchanged: int
    removed: int
    remarks: tuple[str, ...] = ()
    catalogue: tuple[str, ...] = field(default=(), repr=False)  # in N-Triples


def export_store(
    view: View, dest: Path, wanted: Wanted, what: Publication, *, step: Callable[[str], None] = lambda name: None
) -> Exported:  # fmt: skip
    """Write an export; raises PublicationError where a catalogue is wanted and something is not said that it needs."""
    if wanted.catalogue and what.missing:
        raise PublicationError(f"no catalogue can be written: {what.missing}; or leave it out with --no-catalog")
    site = "site" in wanted.formats
    catalogued = not what.missing if wanted.catalogue is None and site else bool(wanted.catalogue)
    owned = tuple(start for name in (*wanted.formats, *(["catalogue"] if catalogued else [])) for start in _OWNED[name])
    held = figures(view, what.base_iri)
    with Folder(dest, lambda path: path.startswith(owned)) as folder:
        files, others = _dumps(view, folder, wanted, what, held, step)
        lines = catalogue(what, held, files) if catalogued else []
        if site or catalogued:
            _described(view, folder, what, held, files, lines)
        if site:
            _site(view, folder, what, held, files, wanted, catalogued=catalogued, step=step)
    remarks = (f"without a catalogue: {what.missing}",) if site and wanted.catalogue is None and not catalogued else ()
    written = tuple(Written(file.path, file.size, file.sha256) for file in files) + tuple(others)
    return Exported(written, folder.changed, folder.unchanged, folder.removed, remarks, tuple(lines))


def _dumps(
    view: View, folder: Folder, wanted: Wanted, what: Publication, held: Figures, step: Callable[[str], None]
) -> tuple[list[Distribution], list[Written]]:
    """Write the dumps; return those that a catalogue lists, and the others."""
    site = "site" in wanted.formats
    under, known = "dumps/" if site else "", prefixes(what.base_iri)
    listed: list[Distribution] = []
    others: list[Written] = []
    for name in dict.fromkeys((*wanted.formats, *(DEFAULT if site else ()))):
        step(name)
        if name in DUMPS:
            made = dump(view, folder, name, f"{under}elshi.{name}", compress=wanted.compress, provenance=wanted.provenance, prefixes=known)
            listed.append(_listed(made, name))
        elif name == "graphml":
            listed.append(_listed(write_network(view, folder, f"{under}elshi.graphml", compress=wanted.compress, prefixes=known), name))
        elif name == "csv":
            written = write_tables(view, folder, f"{under}csv/", prefixes=known, mark=wanted.mark)
            listed += [_listed(made, name, table.titles) for table, made in written]
        elif name == "egov":
            others += write_package(view, folder, prefixes=known, what=what, held=held)
        elif name == "jsonld" and not site:  # a site has them beside its pages
            write_entities(view, folder, base_iri=what.base_iri, prefixes=known, provenance=wanted.provenance)
    return listed, others


def _described(
    view: View, folder: Folder, what: Publication, held: Figures, files: Sequence[Distribution], lines: Sequence[str]
) -> None:  # fmt: skip
    """Write what describes the data to programs: VoID, the catalogue, the endpoint's description."""
    turtle = FORMATS["ttl"].media_type
    text = serialized(void(what, held, files), turtle, prefixes=dict(PUBLISHING))
    folder.write("void.ttl", text)
    folder.write(".well-known/void", text)
    if lines:
        write_catalogue(folder, lines, f"{what.base_url}#catalog")
    if what.endpoint:
        graphs = islice(view.graphs(), _GRAPHS)
        folder.write("service.ttl", service_description(what.endpoint, graphs, calls_others=False, media_type=turtle))


def _site(
    view: View, folder: Folder, what: Publication, held: Figures, files: Sequence[Distribution], wanted: Wanted, *, catalogued: bool,
    step: Callable[[str], None],
) -> None:  # fmt: skip
    site = Website(view, folder, what, wanted.languages, provenance=wanted.provenance)
    with Sitemap(site.addresses, what.base_url) as pages:
        pages.note("index")
        for iri in site.resources():
            pages.note(site.addresses.resource(iri))
            step(iri)
        site.start(held, files, catalogued=catalogued)
        site.queries()
        site.feed()
        site.assets()
        for stem in ("queries", *write_vocabulary(site, folder)):
            pages.note(stem)
        write_hosting(site, view, folder, what, held)
        for stem in site.lists():  # last: by now every list that is linked to is known
            pages.note(stem)
        pages.write(folder, wanted.languages)


def _listed(made: Written, name: str, titles: Mapping[str, str] | None = None) -> Distribution:
    filetype, media_type, *said = _kinds()[name]
    by_language = dict(zip(("kk", "ru", "en"), said, strict=True))
    title = {lang: f"{text}: {titles[lang]}" for lang, text in by_language.items()} if titles else by_language
    return Distribution(made.path, made.size, made.sha256, filetype, media_type, title)


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    return dict(_rows())


def _rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in resource("portal/web/dumps.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, *rest = line.split("\t")
        yield name, tuple(rest)
