"""Which entries of a Kazakh spelling dictionary are stems, and of which class: cleared and completed by the forms met in text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from functools import cache

from elshi.ingest.languages.kk.nouns import NounReading, noun_readings
from elshi.ingest.languages.kk.phonology import VOWELS, voiced, with_vowel_back
from elshi.ingest.languages.kk.verbs import VerbReading, verb_readings

__all__ = ["bends", "classes", "conjugated", "nominal_readings"]

#: With how many different suffixes a stem must be met to be taken for one though the dictionary leaves it out.
MANY = 5
#: With how many a verb must be met to be a verb, and a verb's stem to be a nominal too.
SOME = 2
#: Verb forms that make words of their own: талқылау, қоғамдастық, баса.
WORD_MAKING = ("VerbForm=Vnoun", "Aspect=Imp|VerbForm=Conv", "Number=Plur|Person=1|Tense=Past", "Tense=Fut")
_PLURAL = re.compile("[лдт][ае]р$")
_VOICED_END = re.compile("(?<=.)ғ$|(?<=[еіү])г$|(?<=[еіы])б$")
#: How surnames end that the dictionary writes small.
_SURNAME = re.compile("..(?:[еёо]в|[ео]ва)$")
_SOFT = {"п": "б", "к": "г", "қ": "ғ"}


def classes(entries: list[str], forms: set[str], certain: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (class, stem) for names (P), verbs (V) and nominals (N) among the entries, and nominals met in text beside them (M).

    What is `certain` comes out as it is.
    """
    names = {entry for entry in entries if entry[0].isupper() or _SURNAME.search(entry)}
    common = {_unvoiced(entry) for entry in entries if entry not in names} | {stem for _, stem in certain}
    yield from (("P", name) for name in sorted(names))
    verbs = {entry for entry in common if any(name in common for name in _infinitives(entry))}
    verbs |= _met_as_verbs({stem for entry in common if entry[-1] in "ую" for stem in _stems_of_infinitive(entry)} - verbs, forms)
    verbs |= {stem for kind, stem in certain if kind == "V"}
    nouns = common | _discovered({entry.lower() for entry in entries}, verbs, forms)
    nouns -= _only_verbs(verbs & nouns, verbs, forms)
    nouns -= _only_inflected(nouns, verbs, forms)
    nouns = {entry for entry in nouns if not _worn(entry, nouns)}
    nouns |= {stem for kind, stem in certain if kind == "N"}
    yield from (("N" if stem in common else "M", stem) for stem in sorted(nouns))
    yield from (("V", stem) for stem in sorted(verbs))


@cache
def nominal_readings(form: str) -> tuple[NounReading, ...]:
    """Return the nominal readings of a form, kept for the many times they are asked for."""
    return tuple(noun_readings(form))


def conjugated(form: str, verbs: Container[str]) -> Iterator[tuple[VerbReading, NounReading | None]]:
    """Yield the verb readings of a form; of a participle or verbal noun with nominal suffixes, with those beside them."""
    yield from ((reading, None) for reading in verb_readings(form, verbs))
    for noun in nominal_readings(form):
        if noun.length and not noun.repair:
            yield from ((reading, noun) for reading in verb_readings(noun.stem, verbs) if bends(reading.features))


def bends(features: str) -> bool:
    """Return whether a verb form goes on to take nominal suffixes."""
    return "VerbForm=Vnoun" in features or ("VerbForm=Part" in features and "Tense=Fut" not in features)


def _unvoiced(entry: str) -> str:
    """Return the dictionary form of an entry listed as a vowel makes it sound: no Kazakh word ends in ғ, nor in -іг or -еб."""
    return _VOICED_END.sub(lambda end: {"б": "п", "г": "к", "ғ": "қ"}[end[0]], entry)


def _infinitives(stem: str) -> Iterator[str]:
    """Yield the infinitives a verb stem may have: a close vowel falls, a voiceless end is voiced, й and у melt into ю."""
    if stem[-1] in "ыі":
        yield stem[:-1] + "у"
    elif stem[-1] == "й":
        yield stem[:-1] + "ю"
    else:
        yield stem + "у"
        yield stem[:-1] + _SOFT.get(stem[-1], stem[-1]) + "у"


def _stems_of_infinitive(entry: str) -> Iterator[str]:
    body = entry[:-1]
    if len(body) < 2:
        return
    if entry[-1] == "ю":
        yield body + "й"
        return
    yield body
    if body[-1] not in VOWELS:
        yield from (body + "ы", body + "і")
        if plain := voiced(body):
            yield plain


def _met_as_verbs(candidates: set[str], forms: set[str]) -> set[str]:
    """Return the candidates met in different verb forms, of which a verbal noun is none."""
    met: defaultdict[str, set[str]] = defaultdict(set)
    for form in forms:
        for reading in verb_readings(form, candidates):
            if not any(mark in reading.features for mark in WORD_MAKING) and "Voice" not in reading.features:
                met[reading.stem].add(reading.features)
    return {stem for stem, features in met.items() if len(features) >= SOME}


def _discovered(nouns: set[str], verbs: set[str], forms: set[str]) -> set[str]:
    """Return stems missing from the dictionary: met with many different suffixes on forms that no shorter listed stem explains."""
    support: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for form in forms:
        readings = nominal_readings(form)
        listed = min((0 if r.repair else len(r.stem) for r in readings if r.stem in nouns), default=len(form) + 1)
        if any(True for _ in conjugated(form, verbs)):
            continue
        for reading in readings:
            if not reading.repair and 3 < len(reading.stem) < listed and reading.stem.isalpha() and reading.possessor in ("", "3"):
                support[reading.stem][form] = reading.key
    found: set[str] = set()
    explained: set[str] = set()
    for stem, keys in sorted(support.items(), key=lambda item: (-len(set(item[1].values())), item[0])):
        fresh = {key for form, key in keys.items() if form not in explained}
        if len(fresh) >= MANY and stem not in explained and not _PLURAL.search(stem) and not _shorter(stem, nouns, verbs):
            found.add(stem)
            explained.update(keys)
    return found


def _only_verbs(stems: set[str], verbs: set[str], forms: set[str]) -> set[str]:
    """Return the verb stems never met with the suffixes of a nominal, save those a verb has too."""
    met: defaultdict[str, set[str]] = defaultdict(set)
    for form in forms:
        nominal = [r for r in nominal_readings(form) if r.stem in stems and r.length and r.possessor in ("", "3") and not r.repair]
        if nominal and not any(True for _ in conjugated(form, verbs)):
            for reading in nominal:
                met[reading.stem].add(reading.key)
    return {stem for stem in stems if len(met[stem]) < SOME}


def _shorter(form: str, nouns: set[str], verbs: set[str]) -> set[str]:
    """Return the listed stems that a form inflects, itself left out; what is as good a word as a form does not count."""
    found = {r.stem for r in nominal_readings(form) if r.stem in nouns and r.stem != form and not _verbal_noun(r, verbs)}
    return found | {r.stem for r, _ in conjugated(form, verbs) if not any(mark in r.features for mark in WORD_MAKING)}


def _verbal_noun(reading: NounReading, verbs: set[str]) -> bool:
    """Return whether a reading as "my X" is rather a noun in -м made from a verb: тыйым, келісім."""
    return reading.possessor == "1" and reading.case == "Nom" and reading.stem in verbs


def _only_inflected(nouns: set[str], verbs: set[str], forms: set[str]) -> set[str]:
    """Return the entries that only inflect another entry: no form of theirs is met that the other could not have.

    The dictionary lists ғасырдың beside ғасыр and ойын (game) beside ой (thought); ойынның, met in text, saves ойын,
    and сенімділік saves сенімді, which could be an accusative.
    """
    suspects = {entry: found for entry in nouns if (found := _shorter(entry, nouns, verbs))}
    saved = {entry for entry in suspects if entry.endswith(("ды", "ді", "ты", "ті")) and {entry + "лық", entry + "лік"} & (nouns | forms)}
    for form in forms:
        stems = {r.stem for r in nominal_readings(form) if r.stem != form and not r.repair}
        if held := stems & suspects.keys():
            explained = stems | _shorter(form, nouns, verbs) | {r.stem for r, _ in conjugated(form, verbs)}
            saved |= {entry for entry in held if not explained & suspects[entry]}
    return suspects.keys() - saved


def _worn(entry: str, nouns: set[str]) -> bool:
    """Return whether an entry is a listed stem as a suffix wears it: қонағ (қонақ), орн (орын), жылғы (жыл)."""
    if len(entry) > 2 and entry[-1] in "бгғ" and entry[-2] in VOWELS and voiced(entry) in nouns:
        return True
    if any(reading.attribute and reading.case == "Nom" for reading in nominal_readings(entry)):
        return True
    return len(entry) > 2 and with_vowel_back(entry) in nouns
