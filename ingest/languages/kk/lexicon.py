"""The words Kazakh is known by here: stems with how often they are met, names that look inflected, words that never inflect."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

import zstandard

from elshi import ElshiError, resource

__all__ = ["ClosedWord", "Lexicon", "lexicon", "rows"]

FOLDER = "data/lexicons/kk"


@dataclass(frozen=True, slots=True)
class ClosedWord:
    """A form of a word that takes no regular suffixes: a pronoun, a postposition, a conjunction."""

    lemma: str
    pos: str
    features: str


@dataclass(frozen=True)
class Lexicon:
    """Stems in lower case with their estimated counts, and the log probability of what suffixes say."""

    nouns: Mapping[str, float]
    verbs: Mapping[str, float]
    names: frozenset[str]
    common: frozenset[str]
    closed: Mapping[str, ClosedWord]
    priors: Mapping[str, float]
    endings: tuple[str, ...]  # of names, in lower case: a stem that ends so is likely whole


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in the Kazakh lexicon folder, packed with zstandard or not."""
    path = resource(f"{FOLDER}/{name}")
    lines = (line for line in _text(path).splitlines() if not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships with the package, read once per process."""
    stems: dict[str, dict[str, float]] = {"N": {}, "M": {}, "V": {}, "P": {}}
    for row in rows("stems.tsv.zst"):
        stems[row["class"]][row["stem"].lower()] = 0.0
    for row in rows("names.tsv"):
        stems["P"][row["name"].lower()] = 0.0
    common = frozenset(stems["N"])
    nouns = stems["N"] | stems["M"] | stems["P"]
    for row in rows("stem_counts.tsv.zst"):
        (nouns if row["class"] == "N" else stems["V"])[row["stem"]] = float(row["count"])
    closed = {row["form"]: ClosedWord(row["lemma"], row["pos"], row["features"]) for row in rows("closed_class.tsv")}
    priors = {row["features"]: float(row["log_probability"]) for row in rows("priors.tsv")}
    endings = tuple(row["ending"] for row in rows("name_endings.tsv"))
    return Lexicon(nouns, stems["V"], frozenset(stems["P"]), common, closed, priors, endings)


def _text(path: Traversable) -> str:
    try:
        body = path.read_bytes()
    except FileNotFoundError as missing:
        raise ElshiError(f"no Kazakh lexicon at {path}: reinstall elshi, or run training/kk_lexicon.py") from missing
    if path.name.endswith(".zst"):
        body = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(body)).read()
    return body.decode("utf-8")
