"""Makes the Kazakh lexicon in data/lexicons/kk: stems with their class, counts and priors estimated from word frequencies.

Usage: python training/kk_lexicon.py RESOURCES   (a folder with kazakh_text/ and geo/)

Which stem a form belongs to is unknown, so counts come by expectation maximisation: every form is shared out among the
readings the suffix tables allow, in proportion to how likely stem and suffixes are; the shares become the new counts.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import zstandard
from kk_stems import classes, conjugated, nominal_readings

from elshi.ingest.languages.kk.lexicon import rows

OUT = Path(__file__).resolve().parent.parent / "data" / "lexicons" / "kk"
ROUNDS = 8
#: What a listed stem counts before it is met, and a stem of three letters that is not listed.
LISTED, UNLISTED = 0.3, 0.03
#: By how much an unlisted stem loses weight with each further letter.
PER_LETTER = 0.15
CYRILLIC = re.compile("[А-ЯЁӘҒҚҢӨҰҮІҺ][А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүІіҺһ-]+")
#: How many people live in a city whose name is listed because it looks inflected.
POPULATION = 100_000
#: What a count and a probability must reach to be written down.
LEAST, RAREST = 0.05, 1e-6
NOTICE = (
    "# Kazakh stems, from kk_KZ.dic of hunspell-kk 1.1 (Debian package 1.1-3), under the Mozilla Public License 1.1,\n"
    "# https://www.mozilla.org/MPL/1.1/. Changed: inflected entries left out, stems met in text added,\n"
    "# classes added (N nominal, M nominal met in text only, V verb, P name).\n"
)


def unpack(path: Path) -> str:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(path.read_bytes())).read().decode()


def pack(path: Path, text: str) -> None:
    path.write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode()))


def place_names(resources: Path, common: set[str]) -> Iterator[str]:
    """Yield the names of countries, capitals and places of Kazakhstan, word by word, as Kazakh writes them.

    Of names of several words, those that inflect a common word (Біріккен Ұлттар Ұйымы) are no names by themselves.
    """
    for table, columns in (("kz_places.tsv", ("name_kk", "alias")), ("countries.tsv", ("name_kk", "alias_kk", "capital_kk"))):
        with (resources / "geo" / table).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                for name in "|".join(row[column] or "" for column in columns).split("|"):
                    words = name.split()
                    yield from (word for word in words if CYRILLIC.fullmatch(word) and (len(words) == 1 or not inflects(word, common)))


def inflects(word: str, common: set[str]) -> bool:
    """Return whether a word is an inflected form of a common noun, or the noun itself."""
    return any(reading.stem in common for reading in nominal_readings(word.lower()))


def inflected_looking(resources: Path, known: set[str]) -> Iterator[str]:
    """Yield the names of big cities that the suffix table would cut, such as Бремен and Дрезден."""
    for line in unpack(resources / "geo" / "cities.jsonl.zst").splitlines():
        city = json.loads(line)
        if city["pop"] < POPULATION:
            continue
        for name in city["cyr"]:
            low = name.lower()
            if name.isalpha() and low not in known and any(r.cut and len(r.stem) > 2 for r in nominal_readings(low)):
                yield name


class Model:
    """Counts of stems and of what suffixes say, and the shares they give to the readings of a form."""

    def __init__(self, nouns: set[str], verbs: set[str]) -> None:
        self.nouns, self.verbs = nouns, verbs
        self.stems: dict[tuple[str, str], float] = {}
        self.keys: dict[str, float] = {}

    def readings(self, form: str) -> list[tuple[str, str, str]]:
        found = [
            ("N", reading.stem, f"{reading.key} {reading.repair}".strip())
            for reading in nominal_readings(form)
            if reading.stem in self.nouns or (not reading.repair and len(reading.stem) > 2)
        ]
        for verb, noun in conjugated(form, self.verbs):
            found.append(("V", verb.stem, f"{verb.features} + {noun.key}" if noun else verb.features))
        return found

    def weight(self, kind: str, stem: str) -> float:
        listed = self.lists(kind, stem)
        floor = LISTED if listed else UNLISTED * PER_LETTER ** (len(stem) - 3)
        return self.stems.get((kind, stem), 0.0) + floor if listed else floor

    def lists(self, kind: str, stem: str) -> bool:
        """Return whether a stem is known beforehand; only such ones gather counts."""
        return stem in (self.nouns if kind == "N" else self.verbs)

    def fit(self, counts: dict[str, float]) -> None:
        lattice = [(count, self.readings(form)) for form, count in counts.items()]
        for _ in range(ROUNDS):
            stems: defaultdict[tuple[str, str], float] = defaultdict(float)
            keys: defaultdict[str, float] = defaultdict(float)
            for count, readings in lattice:
                shares = [self.weight(kind, stem) * self.keys.get(key, 1e-5 if self.keys else 1.0) for kind, stem, key in readings]
                whole = sum(shares)
                for (kind, stem, key), share in zip(readings, shares, strict=True):
                    stems[kind, stem] += count * share / whole
                    keys[key] += count * share / whole
            total = sum(keys.values())
            self.stems, self.keys = dict(stems), {key: value / total for key, value in keys.items()}


def main(resources: Path) -> None:
    texts = resources / "kazakh_text"
    frequencies = dict(line.split("\t") for line in unpack(texts / "kk_wordfreq.tsv.zst").splitlines())
    stems = list(classes(unpack(texts / "kk_stems_hunspell_clean.txt.zst").split("\n")[:-1], set(frequencies), certain()))
    names = sorted(set(place_names(resources, {stem for kind, stem in stems if kind == "N"})))
    nouns = {stem.lower() for kind, stem in stems if kind != "V"} | {name.lower() for name in names}
    model = Model(nouns, {stem for kind, stem in stems if kind == "V"})
    closed = {row.split("\t")[0] for row in (OUT / "closed_class.tsv").read_text(encoding="utf-8").splitlines()}
    model.fit({form: math.sqrt(float(count)) for form, count in frequencies.items() if form.isalpha() and form not in closed})
    write(model, stems, [*names, *sorted(set(inflected_looking(resources, nouns)))])


def certain() -> set[tuple[str, str]]:
    """Return the stems written down by hand: those that lose a vowel, and those the dictionary lacks."""
    return {("N", row["full"]) for row in rows("elisions.tsv")} | {(row["class"], row["stem"]) for row in rows("more_stems.tsv")}


def write(model: Model, stems: list[tuple[str, str]], names: list[str]) -> None:
    """Write the lexicon's four tables and say how long they are."""
    pack(OUT / "stems.tsv.zst", NOTICE + "class\tstem\n" + "".join(f"{kind}\t{stem}\n" for kind, stem in stems))
    counts = sorted((kind, stem, count) for (kind, stem), count in model.stems.items() if count >= LEAST and model.lists(kind, stem))
    pack(OUT / "stem_counts.tsv.zst", "class\tstem\tcount\n" + "".join(f"{kind}\t{stem}\t{count:.2f}\n" for kind, stem, count in counts))
    (OUT / "names.tsv").write_text("name\n" + "".join(f"{name}\n" for name in names), encoding="utf-8")
    priors = sorted(((key, math.log(share)) for key, share in model.keys.items() if share > RAREST), key=lambda item: (-item[1], item[0]))
    (OUT / "priors.tsv").write_text("features\tlog_probability\n" + "".join(f"{key}\t{log:.2f}\n" for key, log in priors), encoding="utf-8")
    print(dict(Counter(kind for kind, _ in stems)), f"{len(counts)} counts, {len(names)} names, {len(priors)} priors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
