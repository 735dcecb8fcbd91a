"""What the hosts of a static site need: rules for servers, hints for robots, a page for what is not there, how to cite it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from elshi.portal.export.entities import file_stem, things
from elshi.portal.export.figures import Figures
from elshi.portal.export.folder import Folder
from elshi.portal.export.publication import Publication
from elshi.portal.export.website import Website
from elshi.portal.labels import words
from elshi.portal.render import Renderer
from elshi.store.base import View

__all__ = ["write_hosting"]

#: File -> the template it is made from.
_RULES: Final[Mapping[str, str]] = {
    "nginx.conf.example": "nginx.conf.example", ".htaccess": "htaccess", "w3id.htaccess": "w3id.htaccess", "_headers": "headers",
    "robots.txt": "robots.txt",
}  # fmt: skip


def write_hosting(site: Website, view: View, folder: Folder, what: Publication, held: Figures) -> None:
    """Write the rules and hints beside the pages."""
    odd = _odd_names(view, folder, what)
    at = urlsplit(what.base_url).path
    known: dict[str, Any] = {
        "base_url": what.base_url, "host": urlsplit(what.base_url).netloc, "site_path": at, "odd": odd,
        "things": tuple(dict.fromkeys((urlsplit(what.base_iri).path, f"{at}id/"))),  # where addresses of things begin
    }  # fmt: skip
    renderer = Renderer(what.base_iri)
    for path, template in _RULES.items():
        folder.write(path, renderer.page(f"hosting/{template}", "en", **known).lstrip("\n").rstrip("\n") + "\n")
    folder.write(".nojekyll", b"")
    folder.write("CITATION.cff", _citation(what, held))
    folder.write(".zenodo.json", _zenodo(what))
    for lang in site.languages:
        said, links = (
            words(lang),
            site.addresses.links("404", lang, what.base_url),
        )  # shown wherever something is missing: its links are whole
        site.page("404", lang, "problem.html", links=links, heading=said["not_found"], sentence=said["nothing"], sentence_lang="")


def _odd_names(view: View, folder: Folder, what: Publication) -> bool:
    """Write `nginx-names.map`, where resources have files named otherwise than their IRIs; tell whether there are any."""
    lines = _odd(view, what.base_iri)
    first = next(lines, None)
    if first is None:
        return False

    def fill(out: BinaryIO) -> None:
        out.writelines(chain([first], lines))

    folder.stream("nginx-names.map", fill)
    return True


def _odd(view: View, base_iri: str) -> Iterator[bytes]:
    for iri in things(view, base_iri):
        path = iri.removeprefix(base_iri)
        if (stem := file_stem(path)) != path:
            yield f'"{urlsplit(base_iri).path}{path}" "{stem}";\n'.encode()


def _citation(what: Publication, held: Figures) -> str:
    """How to cite the data, in the Citation File Format; JSON is YAML."""
    title = _english(what.title)
    said: dict[str, Any] = {
        "cff-version": "1.2.0", "type": "dataset", "title": title, "abstract": _english(what.description),
        "message": "If you use this data, please cite it as below.",
        "authors": [{"name": _english(what.publisher) or "Elshi"}], "url": what.base_url,
    }  # fmt: skip
    if held.modified:
        said["date-released"] = held.modified[:10]
    if what.licence:
        said["license-url"] = what.licence.url
    if what.identifier.startswith("10."):
        said["doi"] = what.identifier
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())


def _zenodo(what: Publication) -> str:
    said: dict[str, Any] = {
        "upload_type": "dataset", "title": _english(what.title), "description": _english(what.description),
        "creators": [{"name": _english(what.publisher) or "Elshi"}], "keywords": list(what.keywords.get("en") or what.keywords.get("", ())),
        "access_right": "open", "related_identifiers": [{"identifier": what.base_url, "relation": "isDocumentedBy", "scheme": "url"}],
    }  # fmt: skip
    if what.licence and what.licence.short:
        said["license"] = what.licence.short.lower()
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _english(texts: Mapping[str, str]) -> str:
    return texts.get("en") or texts.get("") or next(iter(texts.values()), "")
