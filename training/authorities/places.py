"""Countries, cities and regions as drafts."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pymorphy3

from elshi.ingest.keys import key

from .drafts import ALIAS, Draft, read_lines, read_table

__all__ = ["cities", "countries", "regions"]

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ"})  # in CLDR's list, but organisations or leftovers
_EU = "http://publications.europa.eu/resource/authority/country/"
_RUSSIAN = re.compile(r"[А-Яа-яЁё' -]+")
_KAZAKH = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі' -]+")
_ONLY_KAZAKH = re.compile("[ғқұҒҚҰ]")
_BULGARIAN = re.compile("[бвгджзклмнпрстфхцчшщ]ъ", re.IGNORECASE)


def countries(resources: Path, curated: Path) -> Iterator[Draft]:
    """Yield every territory, with its long names."""
    long_names = {row["iso2"]: row for row in read_table(curated / "countries.tsv")}
    owners = {(n, lang): iso for iso, row in long_names.items() for lang in ("kk", "ru", "en") for n in _split(row[lang])}
    for row in json.loads((resources / "geo/countries.json").read_text("utf-8")):
        iso = row["iso2"]
        if iso in _NO_COUNTRIES:
            continue
        draft = Draft(f"country:{iso}", "Country", 0, country=iso, population=10**7)
        draft.names = [(row["name"][lang], lang) for lang in ("kk", "ru", "en") if row["name"].get(lang)]
        draft.aliases = [(name, lang) for lang, names in row["alias"].items() for name in names]
        draft.aliases += [(n, lang) for lang in ("kk", "ru", "en") for n in _split(long_names.get(iso, {}).get(lang))]
        draft.aliases = list(dict.fromkeys(a for a in draft.aliases if a not in draft.names and owners.get(a, iso) == iso))
        draft.acronyms = [(name, lang) for name, lang in draft.names + draft.aliases if name.isupper() and len(name) <= 4]
        draft.adjectives = [(word, lang) for field in ("adj", "demonym") for lang, words in row[field].items() for word in words]
        draft.city = row["capital"].get("en") if row.get("capital") else None
        draft.same_as = [f"{_EU}{row['iso3']}"] if row.get("iso3") else []
        draft.same_as += [f"https://sws.geonames.org/{row['geonameid']}/"] if row.get("geonameid") else []
        yield draft


def regions(curated: Path) -> Iterator[Draft]:
    """Yield the curated regions, waters and groups of countries, and the towns too small for GeoNames' list."""
    for row in read_table(curated / "regions.tsv"):
        people = 10**6 if row["kind"] == "Region" else 10**4
        draft = Draft(f"region:{row['slug']}", row["kind"], 0, country=row["country"] or None, population=people)
        for lang in ("kk", "ru", "en"):
            first, *others = _split(row[lang]) or [""]
            draft.names += [(first, lang)] if first else []
            draft.aliases += [(other, lang) for other in others]
        yield draft


def cities(resources: Path, curated: Path) -> list[Draft]:
    """Return every city of GeoNames with the spellings that can be told apart."""
    labels = _ror_labels(resources)
    capitals = _capitals(resources)
    by_hand = _by_hand(curated)
    analyser = pymorphy3.MorphAnalyzer()
    drafts = []
    for row in read_lines(resources / "geo/cities.jsonl.zst"):
        draft = Draft(f"gn:{row['id']}", "City", 1, country=row["cc"], population=row["pop"])
        draft.same_as = [f"https://sws.geonames.org/{row['id']}/"]
        hand = capitals.get(row["id"]) or by_hand.pop((row["cc"], row["name"]), {})
        draft.rank = 0 if hand else 1
        _name(draft, row, hand, analyser)
        draft.spellings += [(label, "en", ALIAS) for label in labels.get(row["id"], ())]
        if row["cc"] == "KZ":
            draft.spellings += [(latin, "en", ALIAS) for latin in row["latin"] if len(latin) > 3]
        drafts.append(draft)
    if by_hand:
        raise SystemExit(f"cities.tsv names cities that GeoNames lacks: {sorted(by_hand)}")
    _drop_clashes(drafts)
    return drafts


def _name(draft: Draft, row: dict[str, Any], hand: dict[str, list[str]], analyser: pymorphy3.MorphAnalyzer) -> None:
    russian = [n for n in row["cyr"] if _RUSSIAN.fullmatch(n) and not _BULGARIAN.search(n)]
    kazakh = [n for n in row["cyr"] if _KAZAKH.fullmatch(n) and (_ONLY_KAZAKH.search(n) or row["cc"] == "KZ") and n not in russian]
    known = [n for n in russian if any("Geox" in p.tag and p.normal_form == n.casefold().replace("ё", "е") for p in analyser.parse(n))]
    ru = hand.get("ru") or (known or russian)[:1] if len(known) == 1 or len(russian) == 1 or hand.get("ru") else []
    ru = list(dict.fromkeys([*ru, *known])) if ru else ru
    kk = hand.get("kk") or (kazakh[:1] if len(kazakh) == 1 else ru[:1])
    en = hand.get("en") or [row["name"]]
    for lang, names in (("kk", kk), ("ru", ru), ("en", en)):
        draft.names += [(name, lang) for name in names[:1]]
        draft.aliases += [(name, lang) for name in names[1:]]
    if row["name"] not in en:
        draft.spellings.append((row["name"], "en", ALIAS))
    russian = [name for name in russian if draft.rank == 0 or not _common(name, analyser)]
    for name in russian:
        draft.spellings += [(name, "ru", ALIAS), (name, "kk", ALIAS)]
        if row["pop"] >= 50_000:
            draft.spellings += [(form, "ru", ALIAS) for form in _inflected(name) if draft.rank == 0 or not _common(form, analyser)]
    draft.spellings += [(name, "kk", ALIAS) for name in kazakh]
    for name in ru:
        draft.spellings += [(form, "ru", ALIAS) for form in _inflected(name) if draft.rank == 0 or not _common(form, analyser)]


def _common(word: str, analyser: pymorphy3.MorphAnalyzer) -> bool:
    """Whether a word, or the key that it would be found by, stands in the dictionary, and as no name of a place."""
    written = (word.casefold().replace("ё", "е"), key(word, "ru"))
    return any(analyser.word_is_known(w) and not any("Geox" in parse.tag for parse in analyser.parse(w)) for w in written)


def _inflected(name: str) -> list[str]:
    """Return case forms of a Russian name, whose keys a word-by-word reader may come upon."""
    if " " in name or len(name) < 4:
        return []
    if name[-1] in "бвгджзклмнпрстфхцчшщ":
        return [name + ending for ending in ("а", "у", "ом", "е")]
    if name[-1] == "а":
        return [name[:-1] + ending for ending in ("ы", "и", "е", "у", "ой")]
    if name[-1] == "й":
        return [name[:-1] + ending for ending in ("я", "ю", "е", "ем")]
    if name[-1] in "ья":
        return [name[:-1] + ending for ending in ("и", "ю", "е", "ей")]
    return []


def _ror_labels(resources: Path) -> dict[int, list[str]]:
    seen: dict[int, Counter[str]] = defaultdict(Counter)
    for row in read_lines(resources / "ror/ror.jsonl.zst"):
        for place in row["geonames"][:1]:
            seen[place][row["city"]] += 1
    return {place: list(labels) for place, labels in seen.items()}


def _capitals(resources: Path) -> dict[int, dict[str, list[str]]]:
    out: dict[int, dict[str, list[str]]] = {}
    for row in json.loads((resources / "geo/countries.json").read_text("utf-8")):
        if (capital := row.get("capital")) and capital.get("geonameid"):
            names = {lang: [capital[lang]] for lang in ("kk", "ru", "en") if capital.get(lang)}
            for alias in row.get("capital_alias", ()):
                names.setdefault("kk" if re.search("[ұқғң]", alias) else "ru", []).append(alias)
            out[capital["geonameid"]] = names
    return out


def _by_hand(curated: Path) -> dict[tuple[str, str], dict[str, list[str]]]:
    return {
        (row["country"], row["geonames_name"]): {lang: _split(row[lang]) for lang in ("kk", "ru", "en")}
        for row in read_table(curated / "cities.tsv")
    }


def _drop_clashes(drafts: Iterable[Draft]) -> None:
    """Take from a town the spelling that another, twenty times its size, is known by."""
    drafts = list(drafts)
    largest: Counter[str] = Counter()
    for draft in drafts:
        for name, lang, _ in draft.spellings + [(n, lang, 0) for n, lang in draft.names]:
            if largest[k := key(name, lang)] < draft.population:
                largest[k] = draft.population
    for draft in drafts:
        draft.spellings = [s for s in draft.spellings if largest[key(s[0], s[1])] < 20 * max(draft.population, 1)]
        if draft.country != "KZ":
            draft.names = [n for n in draft.names if n[1] == "en" or largest[key(*n)] < 20 * max(draft.population, 1)]


def _split(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split("|") if part.strip()]
