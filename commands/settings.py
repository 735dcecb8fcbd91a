"""Settings, the nearest first: a flag, `ELSHI_*`, an `elshi.toml` found upwards, the user's file, the default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from elshi import ElshiError

__all__ = ["SETTINGS", "Setting", "SettingsError", "settings", "user_file"]

FILE: Final = "elshi.toml"
#: Every setting: what it is for. The names are those of the flags.
SETTINGS: Final[Mapping[str, str]] = {
    "store": "where the graph is kept: a folder or a URL",
    "lang": "the language of releases, where it need not be found out: kk, ru or en",
    "publisher": "who publishes the releases",
    "jobs": "processes that read at a time",
    "user_agent": "who asks for pages on the web, as servers are told",
    "pace": "seconds between two requests to a host",
    "sites": "a table of sites beside the one that ships",
    "base_iri": "what the IRIs of resources begin with",
    "names": "the language of names in answers: kk, ru or en",
    "timeout": "seconds that a query may take",
    "license": "the licence that exports state: CC-BY-4.0 or another name, or its IRI",
    "base_url": "where an export will be published: https://data.example.org/",
    "endpoint": "the SPARQL endpoint that an export names",
    "catalog_publisher": "who publishes the data; in one language with _kk, _ru or _en after it, as all names and texts of a catalogue",
    "catalog_publisher_url": "the publisher's site",
    "catalog_publisher_type": "what the publisher is, by the ADMS: NationalAuthority, NonProfitOrganisation",
    "catalog_title": "the title of the data",
    "catalog_description": "what the data is about",
    "catalog_keywords": "keywords, with commas between them",
    "catalog_contact": "whom to ask",
    "catalog_contact_email": "where to write to them",
    "catalog_contact_url": "their page",
    "catalog_themes": "EU data themes: GOVE, INTR",
    "catalog_frequency": "how often the data is renewed, by the EU's list: DAILY",
    "catalog_spatial": "countries that the data is about, by their EU codes: KAZ",
    "catalog_identifier": "a DOI or another identifier of the data",
    "catalog_issued": "the day on which the data was first published",
    "who": "who decides, where somebody retracts, merges, accepts or rejects",
}
#: Texts of the catalogue, which may be given by language: `catalog_title_kk`.
_BY_LANGUAGE: Final = ("catalog_publisher", "catalog_title", "catalog_description", "catalog_keywords")
_NAMES: Final = frozenset((*SETTINGS, *(f"{name}_{lang}" for name in _BY_LANGUAGE for lang in ("kk", "ru", "en"))))


class SettingsError(ElshiError):
    """A settings file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it comes from."""

    value: Any
    origin: str


def settings(here: Path, environment: Mapping[str, str]) -> dict[str, Setting]:
    """Return the settings that hold in a folder; a path in a file counts from the file's folder."""
    found = {"store": Setting(str(_data_folder() / "store"), "default")}
    for path in (user_file(), _project_file(here)):
        if path is not None and path.is_file():
            found.update(_from_file(path))
    found.update(
        {name: Setting(environment[variable], variable) for name in sorted(_NAMES) if environment.get(variable := f"ELSHI_{name.upper()}")}
    )
    return found


def user_file() -> Path:
    """The settings of this user, whatever the folder."""
    import platformdirs

    return Path(platformdirs.user_config_dir("elshi")) / "config.toml"


def _data_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("elshi"))


def _project_file(here: Path) -> Path | None:
    return next((folder / FILE for folder in (here, *here.parents) if (folder / FILE).is_file()), None)


def _from_file(path: Path) -> dict[str, Setting]:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise SettingsError(f"{path} cannot be read: {fault}: write it as TOML, one `name = value` a line") from fault
    found = {}
    for written, value in _flat(said):
        name = written.replace("-", "_")
        if name not in _NAMES:
            raise SettingsError(f"{path} has no use for {written!r}: the settings are {', '.join(SETTINGS)}")
        if not isinstance(value, str | int | float):
            raise SettingsError(f'{written} in {path} is no text and no number: write `{written} = "…"`')
        found[name] = Setting(_placed(name, value, path), os.fspath(path))
    return found


def _flat(said: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield names and values; a table's name begins those in it, `[catalog] title` is `catalog_title`, and a list of texts is one text."""
    for name, value in said.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}_")
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield f"{before}{name}", ", ".join(value)
        else:
            yield f"{before}{name}", value.isoformat() if isinstance(value, date) else value


def _placed(name: str, value: Any, path: Path) -> Any:
    local = name in ("store", "sites") and isinstance(value, str) and ":" not in value
    return str((path.parent / Path(value).expanduser()).resolve()) if local else value
