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

from elshi.ingest.languages.kk.nouns import noun_readings
from elshi.ingest.languages.kk.phonology import voiced, with_vowel_back
from elshi.ingest.languages.kk.verbs import verb_readings

OUT = Path(__file__).resolve().parent.parent / "data" / "lexicons" / "kk"
ROUNDS = 8
#: What a listed stem counts before it is met, and a stem of three letters that is not listed.
LISTED, UNLISTED = 0.3, 0.03
#: By how much an unlisted stem loses weight with each further letter.
PER_LETTER = 0.25
#: Cities beside which a common word that looks like an inflected form is not worth listing.
POPULATION = 100_000
#: With how many different suffixes a stem must be met to be taken for one though the dictionary leaves it out.
MANY = 5
#: Verb forms that make words of their own: талқылау, қоғамдастық, баса.
WORD_MAKING = ("VerbForm=Vnoun", "Aspect=Imp|VerbForm=Conv", "Number=Plur|Person=1|Tense=Past")
NOTICE = (
    "# Kazakh stems, from kk_KZ.dic of hunspell-kk 1.1 (Debian package 1.1-3), under the Mozilla Public License 1.1,\n"
    "# https://www.mozilla.org/MPL/1.1/. Changed: inflected entries left out; classes added (N nominal, V verb, P name).\n"
)


def unpack(path: Path) -> str:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(path.read_bytes())).read().decode()


def pack(path: Path, text: str) -> None:
    path.write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode()))


def classified(stems: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each stem with its class; a stem whose infinitive is listed too is a verb as well as a possible nominal."""
    listed = set(stems)
    for stem in stems:
        if stem[0].isupper():
            yield "P", stem
            continue
        yield "N", stem
        if any(name in listed for name in infinitives(stem)):
            yield "V", stem


def infinitives(stem: str) -> Iterator[str]:
    """Yield the infinitives a verb stem may have: the final vowel falls, a voiceless end is voiced, й and у melt into ю."""
    soft = stem[:-1] + {"п": "б", "к": "г", "қ": "ғ"}.get(stem[-1], stem[-1])
    if stem[-1] in "ыі":
        yield stem[:-1] + "у"
    elif stem[-1] == "й":
        yield stem[:-1] + "ю"
    else:
        yield stem + "у"
        yield soft + "у"


def place_names(resources: Path) -> Iterator[str]:
    """Yield the names of countries, capitals and places of Kazakhstan, word by word, as Kazakh writes them."""
    for table, columns in (("kz_places.tsv", ("name_kk", "alias")), ("countries.tsv", ("name_kk", "alias_kk", "capital_kk"))):
        with (resources / "geo" / table).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                for name in "|".join(row[column] or "" for column in columns).split("|"):
                    yield from (word for word in name.split() if word[:1].isupper() and re.fullmatch(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүІіҺһ-]+", word))


def inflected_looking(resources: Path, known: set[str]) -> Iterator[str]:
    """Yield the names of big cities that the suffix table would cut, such as Бремен and Дрезден."""
    for line in unpack(resources / "geo" / "cities.jsonl.zst").splitlines():
        city = json.loads(line)
        if city["pop"] < POPULATION:
            continue
        for name in city["cyr"]:
            low = name.lower()
            if name.isalpha() and low not in known and any(r.cut and len(r.stem) > 2 for r in noun_readings(low)):
                yield name


PLURAL = re.compile("[лдт][ае]р$")


class Model:
    """Counts of stems and of what suffixes say, and the shares they give to the readings of a form."""

    def __init__(self, nouns: set[str], verbs: set[str]) -> None:
        self.nouns, self.verbs = nouns, verbs
        self.stems: dict[tuple[str, str], float] = {}
        self.keys: dict[str, float] = {}
        self.forms: defaultdict[tuple[str, str], int] = defaultdict(int)

    def readings(self, form: str) -> list[tuple[str, str, str]]:
        found = [("N", r.stem, f"{r.key} {r.repair}".strip()) for r in noun_readings(form) if r.stem in self.nouns or (not r.repair and len(r.stem) > 2)]
        found += [("V", r.stem, r.features) for r in verb_readings(form, self.verbs)]
        for noun in noun_readings(form):
            found += [("V", r.stem, f"{r.features} + {noun.key}") for r in verb_readings(noun.stem, self.verbs) if bends(r.features) and noun.length]
        return found

    def weight(self, kind: str, stem: str) -> float:
        listed = stem in (self.nouns if kind == "N" else self.verbs)
        floor = LISTED if listed else UNLISTED * PER_LETTER ** (len(stem) - 3)
        return self.stems.get((kind, stem), 0.0) + floor if listed else floor

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
            self.forms = defaultdict(int)
            for _, readings in lattice:
                for pair in {(kind, stem) for kind, stem, _ in readings}:
                    self.forms[pair] += 1
            self.stems, self.keys = dict(stems), {key: value / total for key, value in keys.items()}


def bends(features: str) -> bool:
    """Return whether a verb form goes on to take nominal suffixes."""
    return "VerbForm=Vnoun" in features or "VerbForm=Part" in features


def shorter(form: str, nouns: set[str], verbs: set[str]) -> set[str]:
    """Return the listed stems that a form inflects, itself left out; what is as good a word as a form does not count."""
    found = {r.stem for r in noun_readings(form) if r.stem in nouns and r.stem != form and not (r.possessor == "1" and r.case == "Nom" and r.stem in verbs)}
    return found | {r.stem for r in verb_readings(form, verbs) if not any(mark in r.features for mark in WORD_MAKING)}


def discovered(nouns: set[str], verbs: set[str], forms: set[str]) -> set[str]:
    """Return stems missing from the dictionary: met with many different suffixes on forms that no shorter listed stem explains."""
    support: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for form in forms:
        readings = list(noun_readings(form))
        listed = min((0 if r.repair else len(r.stem) for r in readings if r.stem in nouns), default=len(form) + 1)
        for reading in readings:
            if not reading.repair and 3 < len(reading.stem) < listed and reading.stem.isalpha() and reading.possessor in ("", "3"):
                support[reading.stem][form] = reading.key
    found: set[str] = set()
    explained: set[str] = set()
    for stem, keys in sorted(support.items(), key=lambda item: (-len(set(item[1].values())), item[0])):
        if len({key for form, key in keys.items() if form not in explained}) >= MANY and stem not in explained and not shorter(stem, nouns, verbs) and not PLURAL.search(stem):
            found.add(stem)
            explained.update(keys)
    return found



def inflected(nouns: set[str], verbs: set[str], forms: set[str]) -> set[str]:
    """Return the entries that only inflect another entry: no form of theirs is met that the other could not have.

    The dictionary lists ғасырдың beside ғасыр and ойын (game) beside ой (thought); ойынның, met in text, saves ойын.
    """
    suspects = {entry: found for entry in nouns if (found := shorter(entry, nouns, verbs))}
    saved = set()
    for form in forms:
        stems = {r.stem for r in noun_readings(form) if r.stem != form and not r.repair}
        for entry in stems & suspects.keys():
            if not (stems | shorter(form, nouns, verbs)) & suspects[entry]:
                saved.add(entry)
    softened = {entry for entry in nouns if entry[-1] in "бгғ" and entry[-2:-1] in tuple("аәоөұүыіе") and voiced(entry) in nouns}
    return (suspects.keys() - saved) | softened | {entry for entry in nouns if len(entry) > 2 and (full := with_vowel_back(entry)) in nouns}


def main(resources: Path) -> None:
    stems = list(classified(unpack(resources / "kazakh_text" / "kk_stems_hunspell_clean.txt.zst").split("\n")[:-1]))
    verbs = {stem for kind, stem in stems if kind == "V"}
    frequencies = dict(line.split("\t") for line in unpack(resources / "kazakh_text" / "kk_wordfreq.tsv.zst").splitlines())
    new = discovered({stem.lower() for kind, stem in stems if kind != "V"}, verbs, set(frequencies))
    print(sorted(new), len(new))
    stems += [("N", stem) for stem in sorted(new)]
    dropped = inflected({stem for kind, stem in stems if kind == "N"}, verbs, set(frequencies))
    stems = [(kind, stem) for kind, stem in stems if kind != "N" or stem not in dropped]
    nouns = {stem.lower() for kind, stem in stems if kind != "V"}
    names = sorted(set(place_names(resources)))
    nouns |= {name.lower() for name in names}
    counts = {form: math.sqrt(float(count)) for form, count in frequencies.items()}
    closed = {row.split("\t")[0] for row in (OUT / "closed_class.tsv").read_text(encoding="utf-8").splitlines()}
    model = Model(nouns, verbs)
    model.fit({form: count for form, count in counts.items() if form.isalpha() and form not in closed})
    more = sorted(set(inflected_looking(resources, nouns)))
    pack(OUT / "stems.tsv.zst", NOTICE + "class\tstem\n" + "".join(f"{kind}\t{stem}\n" for kind, stem in stems))
    kept = sorted((kind, stem, count) for (kind, stem), count in model.stems.items() if count >= 0.05 and (model.weight(kind, stem) > 0.3 or model.forms[kind, stem] > 2))
    pack(OUT / "stem_counts.tsv.zst", "class\tstem\tcount\n" + "".join(f"{kind}\t{stem}\t{count:.2f}\n" for kind, stem, count in kept))
    (OUT / "names.tsv").write_text("name\n" + "".join(f"{name}\n" for name in [*names, *more]), encoding="utf-8")
    priors = sorted(model.keys.items(), key=lambda item: -item[1])
    (OUT / "priors.tsv").write_text("features\tlog_probability\n" + "".join(f"{key}\t{math.log(value):.2f}\n" for key, value in priors if value > 1e-6), encoding="utf-8")
    print("\n".join(sorted(dropped)), file=open("/tmp/kk/dropped","w"))
    print(len(dropped), Counter(kind for kind, _ in stems), len(names), len(more), len(kept), len(priors))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
