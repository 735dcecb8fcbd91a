"""The organisations of ROR and of the curated table as drafts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from elshi.ingest.keys import script

from .drafts import ALIAS, NAME, Draft, read_lines, read_table

__all__ = ["curated", "join", "repeated", "ror"]

_KINDS = (  # the first whose words stand in a name decides
    ("Embassy", r"embassy|посольств|елшілі"),
    ("Ministry", r"^(?:\w+ ){0,3}(?:ministry|(?:bundes)?ministerium|minist[eèé]re|minist[eé]rio|ministero|министерств\w*|министрлігі)\b"),
    ("Faculty", r"^faculty of|^faculté|^fakultät"),
    ("University", r"universi|polytechni|politec|politech|hochschule|yliopisto|egyetem|école (?:normale|polytech)|daigaku|университет"),
    ("ResearchCentre", r"(?:research|science|scientific|space|excellence|technology) cent(?:re|er)|forschungszentrum|зерттеу\w* орталы"),
    ("ResearchInstitute", r"institut|laborator|observator|академия наук|academy of sciences|forschungs"),
    ("Foundation", r"foundation|fondation|stiftung|fundaci[oó]n|fundação|fondazione|\bfund\b|\bfonds?\b|\bқоры\b|\bфонд\b"),
    ("School", r"\bschool\b|college|lycée|gymnasium|conservator|мектеб"),
    ("Parliament", r"parliament|\bsenate\b|national assembly"),
)
_BY_TYPE = (
    ("company", "Company"), ("government", "GovernmentBody"), ("facility", "ResearchInstitute"), ("education", "School"),
)  # fmt: skip
_OF_STATE = {
    "kk": ("Қазақстан Республикасының {}", "Қазақстан {}", "ҚР {}"),
    "ru": ("{} Республики Казахстан", "{} Казахстана", "{} РК"),
    "en": ("{} of the Republic of Kazakhstan", "{} of Kazakhstan", "Kazakhstan {}"),
}
_SHOWN = {"en", "kk", "ru"}
_OTHER_LANGUAGE = re.compile(
    r"\b(?:für|und|der|des|de la|del|della|di|dos|da|do|du|et|pour|Deutsche[rs]?|Universit(?:à|é|ät|et|ario|aire)|Universidade?"
    r"|Instituto|Fondation)\b"
)
_BRANCH = re.compile(r"\s*\([^()]*\)$")


def ror(resources: Path) -> Iterator[Draft]:
    """Yield the active records, then what is known of the ids that only other records name."""
    for row in read_lines(resources / "ror/ror.jsonl.zst"):
        if row["status"] == "active":
            yield _record(row)
    for row in read_lines(resources / "ror/ror_stubs.jsonl.zst"):
        yield _stub(row)


def _record(row: dict[str, Any]) -> Draft:
    draft = Draft(f"ror:{row['id']}", "", 1, country=row["country"], city=row["city"], lat=row["lat"], lon=row["lng"])
    draft.population = len(row.get("rel", ()))  # the better connected comes first
    for name in row["names"]:
        _add_name(draft, name)
    draft.names = _one_per_language(draft)
    draft.kind = _kind([value for value, _ in draft.names] + [s for s, _, _ in draft.spellings], row["types"])
    draft.part_of = next((f"ror:{rel['id']}" for rel in row.get("rel", ()) if rel["type"] == "parent"), None)
    draft.same_as = [f"https://ror.org/{row['id']}"]
    draft.same_as += [f"http://www.wikidata.org/entity/{row['wikidata']}"] if row.get("wikidata") else []
    return draft


def _add_name(draft: Draft, name: dict[str, Any]) -> None:
    value, types = name["value"].strip(), set(name["types"])
    lang = _language(value, name.get("lang"))
    if "acronym" in types or _like_acronym(value):
        draft.acronyms.append((value, lang))
        if types == {"acronym"}:
            return
    if "ror_display" in types:
        draft.names.insert(0, (value, lang))
    elif "label" in types and lang in _SHOWN:
        draft.names.append((value, lang))
    how = NAME if types & {"ror_display", "label"} else ALIAS
    draft.spellings.append((value, lang, how))
    if (bare := _BRANCH.sub("", value)) != value and bare:
        draft.spellings.append((bare, lang, ALIAS))


def _stub(row: dict[str, Any]) -> Draft:
    value = row["names"][0]["value"]
    lang = _language(value, None)
    draft = Draft(f"ror:{row['id']}", _kind([value], []), 2, names=[(value, lang)])
    draft.spellings = [(value, lang, NAME)]
    draft.part_of = next((f"ror:{rel['id']}" for rel in row.get("rel", ()) if rel["type"] == "parent"), None)
    draft.same_as = [f"https://ror.org/{row['id']}"]
    return draft


def _language(value: str, stated: str | None) -> str:
    """Return the language of a label; some that ROR calls Kazakh are Russian, and some it leaves open are neither."""
    if script(value) == "cyrl":
        if re.search("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]", value):
            return "kk" if stated in (None, "kk") or re.search("[ғқұҒҚҰ]", value) else str(stated)
        return "ru" if stated in (None, "ru", "kk", "en") else str(stated)
    if stated is None and _OTHER_LANGUAGE.search(value):
        return "und"
    return "en" if stated in (None, "kk", "ru") else str(stated)


def _like_acronym(value: str) -> bool:
    return " " not in value and len(value) <= 12 and sum(c.isupper() for c in value) >= 2


def _one_per_language(draft: Draft) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for value, lang in draft.names:
        found.setdefault(lang, value)
    return [(value, lang) for lang, value in found.items()]


def _kind(values: list[str], types: list[str]) -> str:
    text = [value.casefold() for value in values]
    if "company" in types:
        return "Company"
    for kind, pattern in _KINDS:
        if any(re.search(pattern, value) for value in text):
            return kind
    return next((kind for name, kind in _BY_TYPE if name in types), "Organization")


def curated(folder: Path) -> Iterator[Draft]:
    """Yield the rows of the curated table."""
    for row in read_table(folder / "organisations.tsv"):
        draft = Draft(f"org:{row['slug']}", row["kind"], 0, country=row["country"] or None, slug=row["slug"], population=1000)
        draft.part_of = f"org:{row['part_of']}" if row["part_of"] else None
        for lang in ("kk", "ru", "en"):
            names = list(_with_state([n.strip() for n in row[lang].split("|") if n.strip()], lang))
            draft.names += [(n, lang) for n in names[:1]]
            draft.aliases += [(n, lang) for n in names[1:]]
            draft.acronyms += [(n.strip(), lang) for n in row[f"{lang}_acronym"].split("|") if n.strip()]
        draft.same_as = [f"https://ror.org/{row['ror']}"] if row["ror"] else []
        yield draft


def _with_state(names: list[str], lang: str) -> Iterator[str]:
    """Yield the names; one marked with + in each of the ways it is said of Kazakhstan, alone only if it has two words."""
    for name in names:
        if not name.startswith("+"):
            yield name
            continue
        yield from (form.format(name[1:]) for form in _OF_STATE[lang])
        if " " in name:
            yield name[1:]


def join(by_hand: list[Draft], authority: list[Draft]) -> list[Draft]:
    """Return all drafts, a curated row and its ROR record made one: ROR's identifier, the curated names first."""
    known = {draft.id: draft for draft in authority}
    moved: dict[str, str] = {}
    rest = []
    for row in by_hand:
        ror_id = next((f"ror:{iri.rsplit('/', 1)[1]}" for iri in row.same_as), None)
        if ror_id is None:
            rest.append(row)
            continue
        if ror_id not in known:
            raise SystemExit(f"organisations.tsv: {row.slug} names {ror_id}, which is no active ROR record")
        _enrich(known[ror_id], row)
        moved[row.id] = ror_id
    for draft in [*rest, *authority]:
        draft.part_of = moved.get(draft.part_of or "", draft.part_of)
    present = {draft.id for draft in [*rest, *authority]}
    for draft in [*rest, *authority]:
        if draft.part_of not in present:
            if draft.part_of and draft.rank == 0:
                raise SystemExit(f"organisations.tsv: {draft.slug} is part of {draft.part_of}, which nothing describes")
            draft.part_of = None
    return rest + authority


def _enrich(record: Draft, row: Draft) -> None:
    langs = {lang for _, lang in row.names}
    record.aliases = row.aliases + [n for n in record.names if n[1] in langs and n not in row.names]
    record.names = row.names + [n for n in record.names if n[1] not in langs]
    record.acronyms = list(dict.fromkeys(row.acronyms + record.acronyms))
    record.kind, record.rank, record.slug, record.population = row.kind, 0, row.slug, row.population
    record.country = row.country  # an international body is of no country, wherever its seat
    record.part_of = row.part_of or record.part_of


def repeated(drafts: list[Draft]) -> list[str]:
    """Return the identifiers that more than one draft has."""
    return [name for name, count in Counter(d.id for d in drafts).items() if count > 1]
