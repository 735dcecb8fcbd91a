"""The records that travel through the house: Page, Release, Mention, Entity, the facts, and the Reading that bundles them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import msgspec

__all__ = [
    "Agreement",
    "Candidate",
    "Cooperation",
    "Entity",
    "Event",
    "Known",
    "Lang",
    "Link",
    "Mention",
    "Page",
    "Position",
    "Reading",
    "Release",
    "StatedDate",
    "Statistic",
    "Subject",
    "Tagged",
]

#: A language Elshi reads, as BCP 47.
Lang = Literal["kk", "ru", "en"]
#: A text and its BCP 47 language tag.
Tagged = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """An address that may hold a release, and what the list that names it says of it."""

    url: str
    page: bool = False  # whether a list names it as one page: it is then not opened as a list itself
    date: str | None = None  # the day the list gives it, YYYY-MM-DD
    changed: str | None = None  # the day of its last change
    stamp: str = ""  # equal stamps: the list says that nothing has changed
    alternates: tuple[Tagged, ...] = ()  # (URL, language) of its versions


@dataclass(frozen=True, slots=True)
class Known:
    """A page that its server says has not changed since its release was read."""

    name: str
    key: str  # of the release
    sha256: str  # of its text


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they came from a source, before anything was understood of them."""

    name: str  # the file's name or the URL: never a local path
    body: bytes
    media_type: str  # "text/plain", "text/html", "application/json"
    url: str | None = None
    fetched: str | None = None  # xsd:dateTime
    lang: str | None = None  # what the source declares, not what was found
    publisher: str | None = None
    source_id: str | None = None  # an identifier the source gave (a JSON line's "id")
    issued: str | None = None
    title: str | None = None
    header_date: str | None = None  # the day a feed or a sitemap gives it
    alternates: tuple[Tagged, ...] = ()  # (URL, language) of the versions that a list declares


@dataclass(frozen=True, slots=True)
class Release:
    """One press release, its text exactly as read; every offset in the house counts code points of `text`."""

    key: str  # from the source id or URL when known, else the SHA-256 of the normalised text
    lang: Lang
    title: str
    text: str
    sha256: str  # of the UTF-8 bytes of `text`
    source_name: str
    body_start: int = 0  # where the body begins in `text`, after a header line
    header_date: str | None = None  # a feed's or crawler's date line
    issued: str | None = None  # only when the source states it
    publisher: str | None = None
    credited: str | None = None  # whom the text credits: a press service, an agency
    url: str | None = None
    alternates: tuple[Tagged, ...] = ()  # (URL, language) of the versions that its page declares, itself included

    @property
    def reported_on(self) -> str | None:
        """The day against which relative dates are read."""
        return self.issued or self.header_date


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a release that names something or states a fact: `release.text[start:end] == text`, always."""

    start: int
    end: int
    text: str
    kind: str
    score: float = 1.0
    by: str = ""  # the rule or model that found it, with its version

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise ValueError(f"mention {self.start}:{self.end} does not fit {self.text!r}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A guess at an authority record: kept as a guess, never as `owl:sameAs`."""

    iri: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place that a release names.

    Before linking, `key` is local to the document (`#3`); after it, the path of its IRI
    (`person/roman-vasilenko`, `place/kz`, `organization/ror-00afp2z80`).
    """

    key: str
    kind: str  # a class of the ontology: Person, Country, City, Region, University, Ministry, ..., Organization
    names: tuple[Tagged, ...]  # nominative; the release's own language first
    mentions: tuple[Mention, ...] = ()
    aliases: tuple[Tagged, ...] = ()
    acronym: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2; of a country, its own code
    part_of: str | None = None  # key of the organisation or place it belongs to
    place: str | None = None  # key of the city where it sits
    at: tuple[float, float] | None = None  # latitude and longitude of a city
    founded: str | None = None  # year
    record: str | None = None  # the authority record matched: "country:KZ", "gn:1526273", "ror:00afp2z80", "org:cis"
    same_as: tuple[str, ...] = ()  # IRIs, exact authority matches only
    candidates: tuple[Candidate, ...] = ()
    why: str = ""  # why it was linked so

    @property
    def name(self) -> str:
        """The name in the release's own language."""
        return self.names[0][0]


@dataclass(frozen=True, slots=True)
class Position:
    """Who holds what office, for whom and where."""

    id: str
    person: str
    role: str  # slug of role/
    evidence: tuple[Mention, ...]
    organization: str | None = None
    represents: str | None = None
    accredited_to: str | None = None
    label: str = ""  # as written
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Event:
    """An occasion held, planned, postponed or cancelled."""

    id: str
    kind: str  # Meeting, Visit, Call, Signing, Conference, Ceremony, Presentation, Vote, Launch
    evidence: tuple[Mention, ...]
    participants: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    start: str | None = None  # YYYY-MM-DD, YYYY-MM or YYYY, only when stated
    end: str | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    status: str = "held"  # held, planned, postponed, cancelled
    label: str = ""
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Cooperation:
    """What two or more parties do, weigh or want together."""

    id: str
    parties: tuple[str, ...]
    commitment: str  # informed, discussed, considered, interest, readiness, planned, agreed, signed, existing
    evidence: tuple[Mention, ...]
    topics: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class Agreement:
    """A document between parties: planned, agreed, signed or existing; a mere possibility is none."""

    id: str
    parties: tuple[str, ...]
    commitment: str  # planned, agreed, signed, existing
    evidence: tuple[Mention, ...]
    topics: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    signed_on: str | None = None
    label: str = ""
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure a release states about an entity or an event."""

    id: str
    about: str  # an entity's key or an event's id
    measure: str  # slug of measure/
    value: str  # canonical decimal: "27000", "12.5"
    evidence: tuple[Mention, ...]
    unit: str | None = None
    approximate: bool = False
    from_country: str | None = None  # key of the country
    counterpart: str | None = None  # key of the other side of a bilateral figure
    subset_of: str | None = None  # id of another statistic
    as_of: str | None = None
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A calendar date the text states, whether or not an event took it."""

    id: str
    value: str  # YYYY-MM-DD, YYYY-MM or YYYY
    evidence: tuple[Mention, ...]
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic of the scheme that the release deals with."""

    topic: str
    evidence: tuple[Mention, ...]
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one release: what `annotate` and `link` hand to the mapping."""

    release: Release
    entities: tuple[Entity, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    subjects: tuple[Subject, ...] = ()
    models: tuple[Tagged, ...] = field(default=())  # (name, version) of what read it

    def to_json(self) -> str:
        """One line of JSON, from which `from_json` makes an equal Reading."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, line: str | bytes) -> Reading:
        """Read what `to_json` wrote; raises `msgspec.DecodeError` (a ValueError) on anything else."""
        return msgspec.json.decode(line, type=cls)
