"""What linking decides about one entity, and what of the document it may look at while deciding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from elshi.ingest.authorities import Book, Record
from elshi.ingest.model import Candidate, Entity

__all__ = ["ORGANIZATION_KINDS", "PLACE_KINDS", "Context", "Verdict", "context_of", "guesses"]

PLACE_KINDS = frozenset({"Country", "City", "Region"})
ORGANIZATION_KINDS = frozenset({
    "Organization", "University", "ResearchInstitute", "ResearchCentre", "Faculty", "Campus", "School", "Ministry", "Embassy",
    "Parliament", "GovernmentBody", "InternationalOrganization", "Company", "Foundation", "MediaOutlet",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document says: which countries it is about, and in what language it says so."""

    lang: str
    countries: Counter[str] = field(default_factory=Counter)  # ISO code -> mentions

    def about(self, country: str | None) -> bool:
        """Whether the document names the country."""
        return country is not None and country in self.countries


@dataclass(frozen=True, slots=True)
class Verdict:
    """A record that is meant for certain, or guesses; and why."""

    record: Record | None = None
    candidates: tuple[Candidate, ...] = ()
    why: str = ""


def context_of(entities: Iterable[Entity], lang: str, book: Book) -> Context:
    """Gather the countries a release names, those of organisations and of well-known cities among them."""
    countries: Counter[str] = Counter()
    for entity in entities:
        iso = entity.country or (_country_of(entity, book) if entity.kind in PLACE_KINDS else None)
        if iso:
            countries[iso] += max(1, len(entity.mentions))
    return Context(lang, countries)


def _country_of(entity: Entity, book: Book) -> str | None:
    """Return the country that a name is, or that the only well-known place of this name lies in."""
    found = [r for name, lang in entity.names for r in book.named(name, lang, kinds=PLACE_KINDS)]
    known = [r for r in found[:1] if r.rank == 0 and all(r.population >= other.population for other in found)]
    return known[0].country if known else None


def guesses(records: Iterable[Record], score: float, reason: str) -> tuple[Candidate, ...]:
    """Return at most five records as guesses, the first the likeliest."""
    kept = list(dict.fromkeys(records))[:5]
    return tuple(Candidate(r.same_as[0] if r.same_as else r.key, round(score / (i + 1), 2), reason) for i, r in enumerate(kept))
