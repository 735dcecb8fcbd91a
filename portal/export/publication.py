"""What a publisher says of an export: where it will be, whose it is, under what licence; from the settings, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from elshi import ElshiError, resource

__all__ = ["Licence", "Publication", "PublicationError", "licence", "publication"]

_LANGUAGES: Final = ("kk", "ru", "en")
#: What is taken from the settings as it stands.
_PLAIN: Final = ("publisher_url", "publisher_type", "contact", "contact_email", "contact_url", "frequency", "identifier", "issued")
_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CODE: Final = re.compile(r"[A-Za-z0-9_()-]+")
_UNSAFE: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


class PublicationError(ElshiError):
    """Something about an export that its publisher has to say, or to say otherwise."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its address, its IRI in the EU's list and its kind by the ADMS where it is known."""

    url: str
    authority: str = ""
    kind: str = ""
    title: str = ""
    short: str = ""  # its name by SPDX

    @property
    def iri(self) -> str:
        """The IRI that a catalogue states."""
        return self.authority or self.url


@dataclass(frozen=True, slots=True)
class Publication:
    """What is said of an export. Texts are by language; `""` is the language of a text given for all of them."""

    base_url: str  # ends in a slash
    base_iri: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    publisher: Mapping[str, str] = field(default_factory=dict)
    publisher_url: str = ""
    publisher_type: str = ""
    licence: Licence | None = None
    endpoint: str = ""
    contact: str = ""
    contact_email: str = ""
    contact_url: str = ""
    themes: tuple[str, ...] = ("GOVE", "INTR")
    frequency: str = ""
    spatial: tuple[str, ...] = ()
    identifier: str = ""
    issued: str = ""

    @property
    def missing(self) -> str:
        """What a catalogue still needs, as a sentence; empty when it has everything that DCAT-AP makes mandatory."""
        if self.publisher:
            return ""
        return 'no publisher is named: write `publisher = "…"` under `[catalog]` in elshi.toml, or set ELSHI_CATALOG_PUBLISHER'


def publication(given: Mapping[str, object], *, base_iri: str) -> Publication:
    """Return what settings say of an export, with defaults for what may be left unsaid; raises PublicationError."""
    said = {name: str(value).strip() for name, value in given.items() if value is not None and str(value).strip()}
    kept: dict[str, Any] = {name: said[f"catalog_{name}"] for name in _PLAIN if f"catalog_{name}" in said}
    kept |= {name: _listed(said[f"catalog_{name}"]) for name in ("themes", "spatial") if f"catalog_{name}" in said}
    found = Publication(
        base_url=_url("base_url", said["base_url"]).rstrip("/") + "/"
        if "base_url" in said
        else base_iri.rstrip("/").rpartition("/")[0] + "/",
        base_iri=base_iri,
        title=_texts(said, "title"),
        description=_texts(said, "description"),
        keywords={lang: _listed(text) for lang, text in _texts(said, "keywords").items()},
        publisher=_texts(said, "publisher"),
        licence=licence(said["license"]) if "license" in said else None,
        endpoint=_url("endpoint", said.get("endpoint", "")),
        **kept,
    )
    _checked(found)
    return found


def licence(name: str) -> Licence:
    """Return a licence by its name (`CC-BY-4.0`) or IRI; raises PublicationError for a name that is not known."""
    known = _licences()
    for short, each in known.items():
        if name.lower() == short.lower() or name.rstrip("/") in (each.url.rstrip("/"), each.authority):
            return each
    if not urlsplit(name).scheme:
        raise PublicationError(f"no licence is known as {name}: name one of {', '.join(known)}, or give its IRI")
    return Licence(_url("license", name))


@cache
def _licences() -> Mapping[str, Licence]:
    return {short: Licence(url, authority, kind, title, short) for short, url, authority, kind, title in _rows("licences")}


@cache
def _defaults() -> Mapping[str, Mapping[str, str]]:
    return {key: dict(zip(_LANGUAGES, texts, strict=True)) for key, *texts in _rows("publication")}


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in resource(f"portal/web/{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def _texts(said: Mapping[str, str], name: str) -> Mapping[str, str]:
    given = {lang: said[key] for lang in _LANGUAGES if (key := f"catalog_{name}_{lang}") in said}
    if f"catalog_{name}" in said:
        given[""] = said[f"catalog_{name}"]
    return given or _defaults().get(name, {})


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in text.split(",")) if part)


def _url(name: str, value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or _UNSAFE.search(value)):
        raise PublicationError(f"{name} is no web address: {value}: write it as https://…")
    return value


def _checked(found: Publication) -> None:
    for name in ("publisher_url", "contact_url"):
        _url(f"catalog_{name}", getattr(found, name))
    for name in ("themes", "spatial", "frequency", "publisher_type"):
        codes = getattr(found, name)
        for code in (codes,) if isinstance(codes, str) else codes:
            if code and not _CODE.fullmatch(code):
                raise PublicationError(f"catalog_{name} has {code!r}, which is no code: see docs/publishing.md for those there are")
    if found.issued and not _DAY.fullmatch(found.issued):
        raise PublicationError(f"catalog_issued is no day: {found.issued}: write it as 2026-03-15")
    if found.contact_email and ("@" not in found.contact_email or _UNSAFE.search(found.contact_email)):
        raise PublicationError(f"catalog_contact_email is no address: {found.contact_email}: write it as name@example.org")
