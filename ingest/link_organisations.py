"""Which authority record an organisation's name means: type and country must agree, and an acronym may decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from elshi.ingest.authorities import Book, Found, Record
from elshi.ingest.concepts import alike, concepts
from elshi.ingest.keys import key, plain
from elshi.ingest.model import Entity
from elshi.ingest.verdict import ORGANIZATION_KINDS, Context, Verdict, guesses

__all__ = ["organization"]

_LEARNING = frozenset({"University", "School", "ResearchInstitute", "ResearchCentre"})
_STATE = frozenset({"Ministry", "GovernmentBody", "Parliament"})
_ALIKE: dict[str, frozenset[str]] = {
    "University": _LEARNING,
    "School": _LEARNING | {"Campus", "Faculty"},
    "ResearchInstitute": _LEARNING | _STATE | {"Company", "InternationalOrganization"},
    "ResearchCentre": _LEARNING | _STATE | {"Company", "Foundation"},
    "Faculty": frozenset({"School"}),
    "Campus": frozenset({"School"}),
    "Ministry": frozenset({"GovernmentBody"}),
    "GovernmentBody": _STATE | {"ResearchInstitute", "Foundation", "Company"},
    "Company": frozenset({"Foundation", "MediaOutlet", "ResearchInstitute", "GovernmentBody"}),
    "Foundation": frozenset({"GovernmentBody", "Company"}),
    "MediaOutlet": frozenset({"Company"}),
    "InternationalOrganization": frozenset({"GovernmentBody", "Foundation", "ResearchInstitute", "Parliament"}),
}
_ACRONYM, _GENERATED = 2, 3
_HALF = 0.5


def organization(entity: Entity, context: Context, book: Book) -> Verdict:
    """Decide by name, then by acronym; what is left open comes back as guesses."""
    found = [f for f in _found(entity, book) if _agrees(entity, f.record)]
    acronym = _by_acronym(entity, book)
    if found:
        chosen, why = _choose(entity, found, acronym, context, book)
        if chosen:
            return Verdict(chosen, why=why)
        return Verdict(candidates=guesses((f.record for f in found), 0.6, why), why=why)
    for rule in (_same_meaning, _acronym_and_meaning, _curated_acronym):
        if verdict := rule(entity, acronym, context, book):
            return verdict
    near = [r for r in acronym if _may_be(r, entity, context)]
    return Verdict(candidates=guesses(near, 0.4, f"has the acronym {entity.acronym}"), why="no authority has this name")


def _found(entity: Entity, book: Book) -> list[Found]:
    out: dict[str, Found] = {}
    for name, lang in (*entity.names, *entity.aliases):
        for written, country in _forms(key(name, lang), lang, book):
            for found in book.found(written, lang):
                held = out.get(found.record.id)
                if found.how == _ACRONYM and not _like_acronym(name):
                    continue  # "Кто" is not КТО
                if country in (None, found.record.country) and (held is None or found.how < held.how):
                    out[found.record.id] = found
    return sorted(out.values(), key=lambda f: (f.how, f.record.rank))


def _like_acronym(name: str) -> bool:
    return sum(character.isupper() for character in name) > 1 or name.isdigit()


def _forms(written: str, lang: str, book: Book) -> Iterable[tuple[str, str | None]]:
    """Yield the key, and what is left of it without the country it begins or ends with, beside that country."""
    yield written, None
    words = written.split()
    for size in range(min(4, len(words) - 2), 0, -1):
        for part, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            for record in book.lookup(" ".join(part), lang, kinds={"Country"}):
                yield " ".join(rest[:-1] if rest[-1] == "of" else rest), record.country


def _agrees(entity: Entity, record: Record) -> bool:
    return _kinds_agree(entity.kind, record.kind) and (entity.country is None or record.country in (None, entity.country))


def _kinds_agree(said: str, known: str) -> bool:
    if known not in ORGANIZATION_KINDS:
        return False
    return said == known or "Organization" in (said, known) or known in _ALIKE.get(said, ())


def _choose(entity: Entity, found: Sequence[Found], acronym: Sequence[Record], context: Context, book: Book) -> tuple[Record | None, str]:
    """Narrow the records down, one reason after another, until one is left."""
    known = [f for f in found if f.record.rank < 2]
    if not known:
        return None, "known to ROR only by another record's mention"
    best = [f.record for f in known if f.how == known[0].how and f.record.rank == known[0].record.rank]
    own = _own_countries(entity, book)
    ids = {r.id for r in acronym}
    for kept, why in (
        ([f.record for f in known if f.record.id in ids], f"name and acronym {entity.acronym}"),
        ([r for r in best if r.country in own], "name and country"),
        ([r for r in best if r.rank == 0 and (r.country is None or not own)], "name in the curated registry"),
        ([r for r in best if not own and context.about(r.country)], "name, and the release is about its country"),
        ([r for r in best if known[0].how == 0 and _telling(entity, book)], "a name that no other bears"),
    ):
        if len(kept) == 1:
            return kept[0], why if known[0].how < _GENERATED else f"{why}, by the pattern of such names"
        if kept:
            break
    return None, "several bear the name" if len(best) > 1 else "bears the name, but nothing else in the release speaks for it"


def _own_countries(entity: Entity, book: Book) -> frozenset[str]:
    """Return the country said to be its own, else those that its name speaks of, or whose cities it does."""
    if entity.country:
        return frozenset({entity.country})
    places = (book.record(concept) for concept in _meant(entity, book) if ":" in concept)
    return frozenset(r.country for r in places if r and r.country)


def _telling(entity: Entity, book: Book) -> bool:
    """Whether the name has three words or more, one of them no mere kind or field of work."""
    meant = _meant(entity, book)
    return len(plain(entity.name).split()) > 2 and any(not concept.isalpha() for concept in meant)


def _same_meaning(entity: Entity, acronym: Sequence[Record], context: Context, book: Book) -> Verdict | None:
    """The only organisation of the country whose name says the same in another language."""
    meant = _meant(entity, book)
    found = [r for r in book.translated(meant) if len(meant) > 1]
    found = [r for r in found if _agrees(entity, r) and r.rank < 2]
    ids = {r.id for r in acronym}
    both = [r for r in found if r.id in ids] or found
    own = _own_countries(entity, book)
    if len(both) == 1 and (both[0].id in ids or _at_home(both[0], own, context)):
        return Verdict(both[0], why="the only one of the country whose name means the same")
    return Verdict(candidates=guesses(both, 0.6, "its name means the same"), why="its name means the same") if both else None


def _at_home(record: Record, own: frozenset[str], context: Context) -> bool:
    """Whether it is of its own country, or, when that is unsaid, of one the release is about, or well known."""
    return record.country in own if own else record.rank == 0 or context.about(record.country)


def _acronym_and_meaning(entity: Entity, acronym: Sequence[Record], context: Context, book: Book) -> Verdict | None:
    """The acronym is its own, and half of what the names say is the same."""
    meant = _meant(entity, book)
    near = [r for r in acronym if r.rank < 2 and _may_be(r, entity, context)]
    scored = sorted(((_likeness(meant, r, book), r.id, r) for r in near), reverse=True)
    if scored and scored[0][0] >= _HALF and (len(scored) == 1 or scored[0][0] > scored[1][0]):
        return Verdict(scored[0][2], why=f"acronym {entity.acronym} and a name that means much the same")
    return None


def _may_be(record: Record, entity: Entity, context: Context) -> bool:
    return record.country in (None, entity.country) or (entity.country is None and context.about(record.country))


def _curated_acronym(entity: Entity, acronym: Sequence[Record], context: Context, book: Book) -> Verdict | None:
    """An entity named by nothing but an acronym of the curated registry."""
    curated = [r for r in acronym if r.rank == 0]
    alone = entity.name == entity.acronym or " " not in entity.name
    if len(curated) == 1 and alone:
        return Verdict(curated[0], why=f"the organisation known as {entity.acronym or entity.name}")
    return None


def _meant(entity: Entity, book: Book) -> frozenset[str]:
    name, lang = entity.names[0]
    own = set(plain(entity.acronym or "").split())
    words = " ".join(word for word in name.split() if plain(word) not in own)
    return concepts(words, lang, book.place_of)


def _likeness(meant: frozenset[str], record: Record, book: Book) -> float:
    return max((alike(meant, concepts(name, lang, book.place_of)) for name, lang in (*record.names, *record.aliases)), default=0.0)


def _by_acronym(entity: Entity, book: Book) -> list[Record]:
    said = [entity.acronym] if entity.acronym else []
    said += [name for name, _ in (*entity.names, *entity.aliases) if " " not in name and _like_acronym(name)]
    said += [text.split()[-1] for text in said if " " in text]  # "Fraunhofer ISE"
    lang = entity.names[0][1]
    found = {r.id: r for text in said for r in (*book.acronym(text, lang), *book.named(text, lang)) if _agrees(entity, r)}
    return list(found.values())
