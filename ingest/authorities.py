"""The book of authorities: countries, cities, regions and organisations, found by their names in three languages."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from elshi import ElshiError, resource
from elshi.ingest.keys import key, plain, script, spelled_keys
from elshi.ingest.model import Tagged

__all__ = [
    "ACRONYM_PREFIX", "ADJECTIVE_PREFIX", "CONCEPTS_PREFIX", "ID_PREFIX",
    "Book", "Found", "Match", "Record", "hashed", "open_book", "space",
]  # fmt: skip

#: What a key is put after before it is hashed, so that names, acronyms, adjectives and identifiers never meet.
ID_PREFIX, ACRONYM_PREFIX, ADJECTIVE_PREFIX, CONCEPTS_PREFIX = "#", "^", "~", "*"
_PLACES = frozenset({"Country", "City", "Region"})
#: Words in which a name is looked for.
_LONGEST = 40
_KNOWN_TOWN = 50_000  # inhabitants from which a word is taken for a city when it stands in another name

_COLUMNS = "r.n, r.id, r.kind, r.rank, r.country, r.city, r.lat, r.lon, r.population, r.slug, r.body, p.id"
_BY_HASH = f"SELECT name.how, {_COLUMNS} FROM name JOIN record r ON r.n = name.n LEFT JOIN record p ON p.n = r.part_of WHERE name.hash = ?"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing an authority describes."""

    id: str  # "country:KZ", "gn:1526273", "region:central-asia", "ror:00afp2z80", "org:cis"
    kind: str
    names: tuple[Tagged, ...]
    aliases: tuple[Tagged, ...] = ()
    acronyms: tuple[Tagged, ...] = ()
    country: str | None = None
    city: str | None = None
    lat: float | None = None
    lon: float | None = None
    same_as: tuple[str, ...] = ()
    part_of: str | None = None  # a record's id
    population: int = 0  # of an organisation, how well connected it is
    slug: str | None = None  # of a curated organisation
    rank: int = 1  # 0 curated, 1 taken as an authority has it, 2 known only by mention

    def name(self, lang: str) -> str | None:
        """Return the name in a language, or None."""
        return next((text for text, tag in self.names if tag == lang), None)

    @property
    def key(self) -> str:
        """The path of the IRI this record's thing has in every language."""
        prefix, rest = self.id.split(":", 1)
        return {
            "country": f"place/{rest.lower()}", "gn": f"place/gn-{rest}", "region": f"place/{rest}",
            "ror": f"organization/ror-{rest}", "org": f"organization/{rest}",
        }[prefix]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A record and how its key matched: 0 by name, 1 by another name, 2 by acronym, 3 by a name made by a
    pattern from its name, 4 from another name of it."""

    record: Record
    how: int


@dataclass(frozen=True, slots=True)
class Match:
    """A name in running text: the tokens it spans and the records that bear it, best first."""

    start: int
    end: int
    records: tuple[Record, ...]


def hashed(text: str) -> int:
    """Return 48 bits that stand for a key: in a book of half a million keys two meet once in several thousand books."""
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest())


def space(name: str, lang: str) -> str:
    """Return the prefix of the keys among which a name is looked up: its language's, or those in Latin script."""
    return f"{lang}:" if script(name) == "cyrl" else "la:"


@lru_cache(maxsize=1)
def open_book() -> Book:
    """Return the book that ships with Elshi, opened once."""
    with as_file(resource("data/authorities/authorities.sqlite")) as path:
        return Book(path)


class Book:
    """Read-only look-up in a file that `training/authorities` built."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ElshiError(f"no authorities in {path}: build them with python -m training.authorities RESOURCES")
        self._path = path
        self._cache: dict[str, tuple[Found, ...]] = {}
        self._starts: dict[str, int] = {}

    @cached_property
    def _db(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def lookup(self, key: str, lang: str, *, kinds: Collection[str] | None = None) -> tuple[Record, ...]:
        """Return the records that bear a name, given by its `elshi.ingest.keys.key`, best first."""
        return tuple(f.record for f in self.found(key, lang) if kinds is None or f.record.kind in kinds)

    def found(self, key: str, lang: str) -> tuple[Found, ...]:
        """Return the records that bear a name and how each does, best first."""
        return self._at(space(key, lang) + key) if key else ()

    def named(self, name: str, lang: str, *, kinds: Collection[str] | None = None) -> tuple[Record, ...]:
        """Return the records that bear a name as written, best first.

        >>> open_book().named("Республика Казахстан", "ru")[0].id
        'country:KZ'
        """
        return self.lookup(key(name, lang), lang, kinds=kinds)

    def spelled_alike(self, name: str, lang: str, *, kinds: Collection[str]) -> tuple[Record, ...]:
        """Return the records that bear a Kazakh name in Russian, or a Russian one in Kazakh: foreign cities are spelled alike.

        A Kazakh name is compared as it is written, for which no Russian dictionary has to be opened.
        """
        if lang == "en" or script(name) != "cyrl":
            return ()
        if lang == "ru":
            return self.lookup(key(name, "kk"), "kk", kinds=kinds)
        found = dict.fromkeys(record for each in spelled_keys(name) for record in self.lookup(each, "ru", kinds=kinds))
        written = plain(name)
        return tuple(r for r in found if any(tag == "ru" and plain(n) == written for n, tag in (*r.names, *r.aliases)))

    def acronym(self, text: str, lang: str = "en") -> tuple[Record, ...]:
        """Return the records with this acronym, those that have it in the given language first."""
        records = [found.record for found in self._at(ACRONYM_PREFIX + plain(text))]
        return tuple(sorted(records, key=lambda r: (r.rank, (text, lang) not in r.acronyms)))

    def record(self, identifier: str) -> Record | None:
        """Return the record with an identifier such as "ror:00afp2z80"."""
        return next((found.record for found in self._at(ID_PREFIX + identifier)), None)

    def country(self, iso: str) -> Record | None:
        """Return the country with an ISO 3166-1 alpha-2 code."""
        return self.record(f"country:{iso.upper()}")

    def adjective(self, word: str, lang: str) -> str | None:
        """Return the country an adjective or a demonym belongs to.

        >>> open_book().adjective("бельгийского", "ru"), open_book().adjective("Kazakhstani", "en")
        ('BE', 'KZ')
        """
        return next((r.country for r in self._of_adjective(word, lang) if r.kind == "Country"), None)

    def place_of(self, words: str, lang: str) -> str | None:
        """Return the identifier of the place that words inside a name stand for, as a name or as an adjective."""
        named = self.lookup(key(words, lang), lang, kinds=_PLACES)
        best = [r for r in named if r.rank == 0 or r.population >= _KNOWN_TOWN] or self._of_adjective(words, lang)
        return best[0].id if best else None

    def translated(self, concepts: Collection[str]) -> tuple[Record, ...]:
        """Return the organisations whose names are made of exactly these `elshi.ingest.concepts`."""
        return tuple(found.record for found in self._at(CONCEPTS_PREFIX + " ".join(sorted(concepts))))

    def _of_adjective(self, word: str, lang: str) -> tuple[Record, ...]:
        if " " in word:
            return ()
        return tuple(found.record for found in self._at(ADJECTIVE_PREFIX + space(word, lang) + key(word, lang)))

    def longest(
        self, inner: Sequence[str], final: Sequence[str] | Mapping[int, str], lang: str, start: int, stop: int = sys.maxsize
    ) -> Match | None:
        """Return the longest name that begins at a token and ends before another.

        `inner` and `final` hold each token's `inner_key` and `final_key`; a token whose key is "" (an initial, a
        quotation mark) is stepped over, but begins and ends nothing.
        """
        stop = min(len(inner), start + _LONGEST, stop)
        lengths = self._lengths(inner, final, lang, start, stop) if inner[start] else 0
        if not lengths:
            return None
        words: list[str] = []
        best: Match | None = None
        for end in range(start, stop):
            if not inner[end] and not final[end]:
                continue
            whole = " ".join([*words, final[end]])
            if final[end] and lengths >> (whole.count(" ") + 1) & 1 and (records := self.lookup(whole, lang)):
                best = Match(start, end + 1, records)
            if inner[end]:
                words.append(inner[end])
            if lengths >> (len(" ".join(words).split()) + 1) == 0:
                break
        return best

    def matches(self, inner: Sequence[str], final: Sequence[str], lang: str) -> Iterable[Match]:
        """Yield the longest name at every token where one begins; they may overlap."""
        for start in range(len(inner)):
            if match := self.longest(inner, final, lang, start):
                yield match

    def _lengths(self, inner: Sequence[str], final: Sequence[str] | Mapping[int, str], lang: str, start: int, stop: int) -> int:
        """Return, as bits, the numbers of words that names beginning with these tokens have."""
        first = inner[start]
        lengths = self._start(first if " " not in first else " ".join(first.split()[:2]), lang)
        lengths |= self._start(final[start], lang) & 1 << len(final[start].split()) if final[start] != first else 0
        if lengths & ~2 and " " not in first:
            after = next((i for i in range(start + 1, stop) if inner[i]), stop - 1)
            seconds = [
                *(final[i] for i in range(start + 1, after + 1)),
                inner[after],
            ]  # `and` is silent inside a name: `Bosnia and Herzegovina`
            pairs = {f"{first} {word.split()[0]}" for word in seconds if word}
            longer = 0
            for pair in pairs:
                longer |= self._start(pair, lang)
            lengths = lengths & 2 | longer
        return lengths

    def _start(self, words: str, lang: str) -> int:
        if script(words) == "latn" and lang != "en":  # a Kazakh or Russian name may begin with a Latin word
            return self._bits(f"{lang}:", words) | self._bits("la:", words)
        return self._bits(space(words, lang), words)

    def _bits(self, where: str, words: str) -> int:
        at = where + words
        if at not in self._starts:
            row = self._db.execute("SELECT lengths FROM start WHERE hash = ?", (hashed("=" + at),)).fetchone()
            if len(self._starts) > 100_000:
                self._starts.clear()
            self._starts[at] = row[0] if row else 0
        return self._starts[at]

    def _at(self, text: str) -> tuple[Found, ...]:
        if text not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            found = [Found(_record(row[1:]), row[0]) for row in self._db.execute(_BY_HASH, (hashed(text),))]
            found.sort(key=lambda f: (f.how, f.record.rank, -f.record.population, f.record.id))
            self._cache[text] = tuple(found)
        return self._cache[text]


def _record(row: tuple[Any, ...]) -> Record:
    _, identifier, kind, rank, country, city, lat, lon, population, slug, body, parent = row
    packed = json.loads(body)
    names, aliases, acronyms = (tuple((text, lang) for text, lang in packed.get(field, ())) for field in "nac")
    same_as = (*_own_iri(identifier), *packed.get("s", ()))
    return Record(identifier, kind, names, aliases, acronyms, country, city, lat, lon, same_as,
                  parent, population, slug, rank)  # fmt: skip


def _own_iri(identifier: str) -> tuple[str, ...]:
    authority, rest = identifier.split(":", 1)
    return {"ror": (f"https://ror.org/{rest}",), "gn": (f"https://sws.geonames.org/{rest}/",)}.get(authority, ())
