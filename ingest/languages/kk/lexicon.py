"""The words Kazakh is known by here: stems with how often they are met, names that look inflected, words that never inflect."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from operator import itemgetter

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
    names, *lines = _cells(name)
    for cells in lines:
        yield dict(zip(names, cells, strict=True))


def _cells(name: str) -> Iterator[list[str]]:
    text = _text(resource(f"{FOLDER}/{name}"))
    return (line.split("\t") for line in text.splitlines() if line and line[0] != "#")


def _columns(name: str, *wanted: str) -> Iterator[tuple[str, ...]]:
    """Some columns of a long table: a dictionary for each row takes ten times as long."""
    cells = _cells(name)
    return map(itemgetter(*map(next(cells).index, wanted)), cells)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships with the package, read once per process."""
    stems = _stems()
    names = [*stems["P"], *(row["name"].lower() for row in rows("names.tsv"))]
    nouns, verbs = (dict.fromkeys(each, 0.0) for each in ((*stems["N"], *stems["M"], *names), stems["V"]))
    for kind, stem, count in _columns("stem_counts.tsv.zst", "class", "stem", "count"):
        (nouns if kind == "N" else verbs)[stem] = float(count)
    closed = {row["form"]: ClosedWord(row["lemma"], row["pos"], row["features"]) for row in rows("closed_class.tsv")}
    priors = {row["features"]: float(row["log_probability"]) for row in rows("priors.tsv")}
    endings = tuple(row["ending"] for row in rows("name_endings.tsv"))
    return Lexicon(nouns, verbs, frozenset(names), frozenset(stems["N"]), closed, priors, endings)


def _stems() -> dict[str, list[str]]:
    """The listed stems of each class, in lower case; a list of cells for each of 44,000 rows would take four times as long."""
    found: dict[str, list[str]] = {"N": [], "M": [], "V": [], "P": []}
    for line in _text(resource(f"{FOLDER}/stems.tsv.zst")).splitlines():
        if line[1] == "\t":  # neither the head nor a remark
            found[line[0]].append(line[2:].lower())
    return found


def _text(path: Traversable) -> str:
    try:
        body = path.read_bytes()
    except FileNotFoundError as missing:
        raise ElshiError(f"no Kazakh lexicon at {path}: reinstall elshi, or run training/kk_lexicon.py") from missing
    if path.name.endswith(".zst"):
        body = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(body)).read()
    return body.decode("utf-8")
