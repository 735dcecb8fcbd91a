"""Names that follow from other names by a pattern: "University of Ghent" gives "Гент университеті" and "Гентский университет"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from elshi.ingest.keys import key

from .adjectives import city_adjectives
from .drafts import ALIAS, GENERATED, GENERATED_ALIAS, NAME, Draft, read_table

__all__ = ["generate"]

_KINDS = frozenset({"University", "School", "ResearchInstitute", "ResearchCentre", "Organization"})


@dataclass(frozen=True, slots=True)
class _Template:
    english: re.Pattern[str]
    kazakh: tuple[str, ...]
    russian: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    kazakh: tuple[str, ...]
    russian: tuple[str, ...]
    adjectives: tuple[str, ...]


def generate(organisations: list[Draft], places: list[Draft], folder: Path) -> None:
    """Give cities their adjectives, and organisations named after a place the names that follow."""
    for draft in places:
        if draft.kind == "City":
            russian = [name for name, lang in draft.names + draft.aliases if lang == "ru"]
            draft.adjectives += [(form, "ru") for name in russian for form in city_adjectives(name)]
    templates = [_template(row) for row in read_table(folder / "name_templates.tsv")]
    index = _index(places)
    for draft in organisations:
        if draft.kind in _KINDS and draft.rank < 2:
            for value, lang, how in draft.spellings[:]:
                if lang not in ("kk", "ru") and how <= ALIAS:
                    made = dict.fromkeys(_made(value, draft.country, templates, index))
                    draft.spellings += [(name, tag, GENERATED if how == NAME else GENERATED_ALIAS) for name, tag in made]


def _template(row: dict[str, str]) -> _Template:
    pattern = re.escape(row["en"]).replace(re.escape("{p}"), "(?P<place>.+)")
    split = {lang: tuple(form.strip() for form in row[lang].split("|") if form.strip()) for lang in ("kk", "ru")}
    return _Template(re.compile(pattern, re.IGNORECASE), split["kk"], split["ru"])


def _index(places: list[Draft]) -> Mapping[tuple[str, str], _Place]:
    """Return the places by country and English name, the larger of two in one country."""
    found: dict[tuple[str, str], tuple[int, _Place]] = {}
    for draft in places:
        names = {lang: tuple(n for n, tag in draft.names + draft.aliases if tag == lang) for lang in ("kk", "ru")}
        adjectives = tuple(word for word, lang in draft.adjectives if lang == "ru" and word.endswith("ий"))
        place = _Place(names["kk"][:3], names["ru"][:3], adjectives)
        english = [n for n, lang in draft.names + draft.aliases if lang == "en"] + [n for n, lang, _ in draft.spellings if lang == "en"]
        for name in english:
            at = (draft.country or "", key(name, "en"))
            if at not in found or found[at][0] < draft.population:
                found[at] = (draft.population, place)
    return {at: place for at, (_, place) in found.items()}


def _made(name: str, country: str | None, templates: list[_Template], index: Mapping[tuple[str, str], _Place]) -> Iterator[tuple[str, str]]:
    for template in templates:
        if (match := template.english.fullmatch(name)) and (place := index.get((country or "", key(match["place"], "en")))):
            yield from ((form.format(p=p), "kk") for form in template.kazakh for p in place.kazakh)
            for form in template.russian:
                if "{a}" in form:
                    yield from ((form.format(a=a), "ru") for a in place.adjectives)
                else:
                    yield from ((form.format(p=p), "ru") for p in place.russian)
