"""The names that the resources list: persons of the news, cities, countries, bodies in Latin letters."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import zstandard

from .labelled import Labelled, read_lines
from .names import Persons, Speller, rows, split_persons

__all__ = ["cities", "countries", "cyrillic_persons", "latin_bodies", "latin_cities", "latin_persons", "taught"]

_KAZAKH_OR_RUSSIAN = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮІҺ][а-яёәғқңөұүіһ]+(?:[- ][А-Яа-яёәғқңөұүіһ]+)*$")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ɏ&-]+(?: [A-Za-zÀ-ɏ&-]+){0,3}$")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]$")
_LARGE = 60_000


def _zst(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as raw:
        for line in io.TextIOWrapper(raw, encoding="utf-8"):
            yield json.loads(line)


def taught(path: Path) -> list[dict[str, Any]]:
    """Return what teacher.py wrote."""
    return list(read_lines(path))


def cyrillic_persons(tables: Path, news: list[dict[str, Any]], column: str) -> Persons:
    """Return a source of persons' names in Cyrillic: the project's given names, and names of the news in the nominative."""
    listed = [
        row[column] for row in rows(tables / "given_names.tsv") if not row["gender"].startswith("-") and not row[column].startswith("-")
    ]
    met = sorted({normal for record in news for *_, label, normal in record["spans"] if label == "PER"})
    given, surnames = split_persons(met)
    surnames += [
        f"{name}{ending}" for name in listed if name[-1] not in "аеиоуыіяьйәөүұ" for ending in ("ов" if name[-1] in "тнрсмл" else "ев",)
    ]
    return Persons(listed * 4 + given, surnames, Speller(surnames + given))


def latin_persons(tables: Path, sentences: Iterable[Labelled]) -> Persons:
    """Return a source of persons' names in Latin letters: the project's given names, and names of a corpus."""
    listed = [row["en"] for row in rows(tables / "given_names.tsv") if not row["gender"].startswith("-") and not row["en"].startswith("-")]
    met = sorted({one.text[start:end] for one in sentences for start, end, label in one.spans if label == "PERSON"})
    given, surnames = split_persons(met)
    surnames += [f"{name}{ending}" for name in listed if name[-1] not in "aeiouy" for ending in ("ov", "uly", "ev")[: 1 + len(name) % 3]]
    return Persons(listed * 4 + given, surnames, Speller(surnames + given), latin=True)


def latin_cities(resources: Path) -> list[str]:
    """Return cities of the world as English writes them."""
    return sorted({city["name"] for city in _zst(resources / "geo/cities.jsonl.zst") if city["pop"] > _LARGE})


def cities(resources: Path) -> list[str]:
    """Return cities of the world as Kazakh and Russian write them."""
    found = {
        name
        for city in _zst(resources / "geo/cities.jsonl.zst")
        if city["pop"] > _LARGE
        for name in city["cyr"][:4]
        if _KAZAKH_OR_RUSSIAN.match(name) and "і" not in name
    }
    found |= {row["name_kk"] for row in rows(resources / "geo/kz_places.tsv") if row["type"].startswith("city")}
    return sorted(found)


def countries(resources: Path, tables: Path, lang: str) -> list[str]:
    """Return short and long names of countries and their capitals."""
    with (resources / "geo/countries.tsv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t"))
    short = [row[f"name_{lang}"] for row in table] + [row[f"capital_{lang}"] for row in table]
    long = [name for row in rows(tables / "countries.tsv") for name in row[lang].split("|") if " " in name]
    return sorted({name for name in short + long * 1 if name})


def latin_bodies(resources: Path) -> tuple[list[str], list[str]]:
    """Return short names and acronyms of research bodies in Latin letters."""
    names: set[str] = set()
    acronyms: set[str] = set()
    for record in _zst(resources / "ror/ror.jsonl.zst"):
        for name in record["names"]:
            kept = acronyms if "acronym" in name["types"] else names
            if (_ACRONYM if kept is acronyms else _LATIN_NAME).match(name["value"]):
                kept.add(name["value"])
    return sorted(names), sorted(acronyms)
