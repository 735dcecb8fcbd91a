"""How well and how fast Kazakh morphology is read: against UD_Kazakh-KTB and, as a check nobody tuned on, KazDet's analyses.

Usage: python benchmarks/kk_morphology.py RESOURCES   (a folder with kazakh_text/)
"""

from __future__ import annotations

import gzip
import io
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from elshi.ingest.languages.kk.morphology import Analysis, analyse, readings
from elshi.ingest.languages.kk.phonology import voiced, with_vowel_back

__all__ = ["Word", "nominal_scores", "speed", "treebank", "verb_scores"]

NOMINALS = frozenset(("NOUN", "PROPN"))
#: KazDet's marks of the cases and of a third-person possessive.
KAZDET_CASES = {"C2": "Gen", "C3": "Dat", "C4": "Acc", "C5": "Loc", "C6": "Abl", "C7": "Ins"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the treebank in its sentence."""

    form: str
    lemma: str
    pos: str
    features: dict[str, str]
    initial: bool
    clause_end: bool

    def read(self) -> Analysis:
        """Return what the analyser makes of the word where it stands."""
        return analyse(self.form, clause_end=self.clause_end, initial=self.initial)


def treebank(path: Path) -> Iterator[Word]:
    """Yield the words of a gzipped CoNLL-U file, multi-word tokens by their parts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        sentence: list[list[str]] = []
        for line in lines:
            if line.strip():
                if line[0].isdigit() and (row := line.rstrip("\n").split("\t"))[0].isdigit():
                    sentence.append(row)
                continue
            yield from _words(sentence)
            sentence = []
        yield from _words(sentence)


def _words(rows: list[list[str]]) -> Iterator[Word]:
    for at, row in enumerate(rows):
        features = dict(pair.split("=", 1) for pair in row[5].split("|")) if row[5] != "_" else {}
        closed = at + 1 == len(rows) or rows[at + 1][3] == "PUNCT"
        yield Word(row[1], row[2], row[3], features, at == 0, closed)


def nominal_scores(words: list[Word]) -> dict[str, dict[str, float]]:
    """Return the share of nouns and names read rightly, in percent: lemma, case, number, possessor."""
    right: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        if word.pos not in NOMINALS:
            continue
        found, gold = word.read(), word.features
        for group in ("all", word.pos):
            seen = right[group]
            seen["n"] += 1
            seen["lemma"] += found.lemma.lower() == word.lemma.lower()
            if "Case" in gold:
                seen["cased"] += 1
                seen["case"] += found.case == gold["Case"]
                seen["number"] += found.number == gold.get("Number", "Sing")
                seen["possessor"] += (found.poss or "")[:1] == gold.get("Person[psor]", "")
    return {
        group: {"n": seen["n"], "lemma": 100 * seen["lemma"] / seen["n"]}
        | {what: 100 * seen[what] / seen["cased"] for what in ("case", "number", "possessor")}
        for group, seen in right.items()
    }


def verb_scores(words: list[Word]) -> dict[str, tuple[float, float]]:
    """Return precision and recall, in percent, of each feature the verb table gives."""
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for word in words:
        gold = {f"{name}={word.features[name]}" for name in ("Tense", "VerbForm", "Voice", "Polarity") if name in word.features}
        gold = {"VerbForm=Vnoun" if mark == "VerbForm=Ger" and "Tense" not in word.features else mark for mark in gold}
        gold = {"VerbForm=Part" if mark == "VerbForm=Ger" else "VerbForm=Conv" if mark == "VerbForm=Inf" else mark for mark in gold}
        if word.pos not in ("VERB", "NOUN", "PROPN", "ADJ"):
            continue
        found = set(word.read().verb.split("|"))
        for mark in ("VerbForm=Fin", "VerbForm=Part", "VerbForm=Conv", "Tense=Past", "Tense=Pres", "Voice=Pass", "Polarity=Neg"):
            given[mark] += mark in found
            wanted[mark] += mark in gold
            both[mark] += mark in found and mark in gold
    return {mark: (100 * both[mark] / given[mark], 100 * both[mark] / wanted[mark]) for mark in wanted if given[mark] and wanted[mark]}


def kazdet(path: Path) -> dict[str, float]:
    """Return the share of KazDet's nouns, by frequency, whose stem and case the analyser reads as the treebank does."""
    best: dict[str, tuple[int, str]] = {}
    for line in zstandard.ZstdDecompressor().stream_reader(io.BytesIO(path.read_bytes())).read().decode().splitlines():
        form, analysis, count = line.split("\t")
        if int(count) > best.get(form, (0, ""))[0]:
            best[form] = (int(count), analysis)
    seen: Counter[str] = Counter()
    for form, (_, analysis) in best.items():
        stem, *suffixes = analysis.split()
        if not stem.endswith(("_R_ZE", "_R_ZEQ")):
            continue
        marks = [suffix.rpartition("_")[2] for suffix in suffixes]
        found = analyse(form.capitalize() if stem.endswith("Q") else form)
        seen["n"] += 1
        seen["lemma"] += found.lemma.lower() in _dictionary_forms(stem.split("_")[0])
        seen["case"] += found.case == next((KAZDET_CASES[mark] for mark in marks if mark in KAZDET_CASES), "Nom")
    return {"n": seen["n"], "lemma": 100 * seen["lemma"] / seen["n"], "case": 100 * seen["case"] / seen["n"]}


def _dictionary_forms(stem: str) -> set[str]:
    """Return what a stem as KazDet cuts it off may be in the dictionary: жағ- is жақ, халқ- халық."""
    full = with_vowel_back(stem)
    return {word for word in (stem, voiced(stem), full, full and voiced(full)) if word}


def speed(words: list[Word]) -> tuple[float, float]:
    """Return words read per second with nothing kept from before, and once more over the same words."""
    readings.cache_clear()
    rates = []
    for _ in range(2):
        start = time.perf_counter()
        for word in words:
            word.read()
        rates.append(len(words) / (time.perf_counter() - start))
    return rates[0], rates[1]


def main(resources: Path) -> None:
    words = list(treebank(resources / "kazakh_text" / "ktb_all.conllu.gz"))
    print(f"{'':8}{'words':>7}{'lemma':>8}{'case':>8}{'number':>8}{'possessor':>11}")
    for group, row in sorted(nominal_scores(words).items()):
        print(f"{group:8}{row['n']:7.0f}{row['lemma']:8.2f}{row['case']:8.2f}{row['number']:8.2f}{row['possessor']:11.2f}")
    row = kazdet(resources / "kazakh_text" / "kazdet_analyses.tsv.zst")
    print(f"{'KazDet':8}{row['n']:7.0f}{row['lemma']:8.2f}{row['case']:8.2f}   (forms, most frequent analysis)\n")
    for mark, (precision, recall) in verb_scores(words).items():
        print(f"{mark:16} precision {precision:5.1f}   recall {recall:5.1f}")
    first, again = speed(words)
    print(f"\n{first:,.0f} words/s the first time, {again:,.0f} words/s again")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
