"""What an office leaves to the rest of the text: its body, its ministry, its state."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from elshi.ingest.annotate.document import Span
from elshi.ingest.annotate.offices import scope_of
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.annotate.positions import Held
from elshi.ingest.annotate.things import Thing

if TYPE_CHECKING:
    from elshi.ingest.annotate.scene import Scene

__all__ = ["completed", "stately"]

_ENVOYS: Final = frozenset({"ambassador", "consul-general", "consul", "charge-daffaires"})
_MINISTERIAL: Final = frozenset({"minister", "deputy-minister", "state-secretary", "spokesperson"})
#: Where an office has its seat when the text leaves that to be understood.
_SEATS: Final = {
    "rector": {"University"}, "vice-rector": {"University"}, "dean": {"University", "Faculty", "School"},
    "professor": {"University", "ResearchInstitute"}, "speaker-of-parliament": {"Parliament"}, "member-of-parliament": {"Parliament"},
    "student": {"University", "Faculty", "School"},
}  # fmt: skip
_MINISTRY_WORDS: Final = re.compile(r"министр|республик|ministry|republic|федера|federal|мемлекет|государств")


def completed(scene: Scene, held: Held) -> Held:
    """The office with what its sentence leaves to the rest of the text: its ministry, its university."""
    body = held.organization
    if body is None and scope_of(held.office.name, scene.document.lang) == "body" and held.represents is None:
        body = _understood(scene, held)
    if body is None and held.represents is None and held.office.name in {"president", "deputy-president"}:
        body = _university(scene, held)
    if body is None and held.office.name in _MINISTERIAL:
        body = _ministry(scene, held)
    return replace(held, organization=body)


def stately(scene: Scene, held: Held) -> Held:
    """A state's official whose state goes without saying: the one of his other office, else the envoy's host."""
    if held.represents or scene.state_of(held) or scope_of(held.office.name, scene.document.lang) != "state":
        return held
    person = scene.key(held.person)
    own = next((iso for h in scene.held if scene.key(h.person) == person and (iso := scene.state_of(h))), None)
    return replace(held, represents=own or _host(scene, held))


def _host(scene: Scene, held: Held) -> str | None:
    """ISO code of the one country that hosts the text's envoys, where the official stands in one sentence with an envoy."""
    posts = [(h, t.country) for h in scene.held if h.office.name in _ENVOYS and h.accredited_to and (t := scene.things.of(h.accredited_to))]
    sentence = scene.document.sentence_at(held.office.start)
    here = {scene.key(s) for s in scene.within(sentence.start, sentence.end) if s.kind == "Person"}
    hosts = {country for _, country in posts}
    return hosts.pop() if len(hosts) == 1 and any(scene.key(h.person) in here for h, _ in posts) else None


def _understood(scene: Scene, held: Held) -> Span | None:
    """The body an office belongs to when only a common noun says so: the last one of a fitting kind."""
    kinds = _SEATS.get(held.office.name)
    sentence = scene.document.sentence_at(held.office.start)
    first = scene.document.sentences[max(0, sentence.index - 4)].start
    bodies = [
        s for s in scene.within(first, held.office.start) if (t := scene.things.of(s)) and s.kind != "Person" and not scene.is_place(t)
    ]
    home = _adjective(scene, held)
    bodies = [s for s in bodies if home is None or (t := scene.things.of(s)) and t.country == home] or bodies
    fitting = [s for s in bodies if (t := scene.things.of(s)) and (t.kind in kinds if kinds else t.kind not in {"Ministry", "Embassy"})]
    return fitting[-1] if fitting else None


def _adjective(scene: Scene, held: Held) -> str | None:
    """The country that a word before an office tells: `қазақстандық оқу орнының ректоры`, `казахстанского вуза`."""
    around = (
        scene.document.text[max(0, held.office.start - 60) : held.office.start]
        + scene.document.text[held.office.end : held.office.end + 40]
    )
    return next(
        (iso for w in re.findall(r"[\w-]+", around) if not w[:1].isupper() and (iso := scene.book.adjective(w, scene.document.lang))),
        None,
    )


def _university(scene: Scene, held: Held) -> Span | None:
    """The last university, when an office says no more than `президент университета`, `university president`."""
    office = held.office
    around = scene.document.folded[max(0, office.start - 18) : office.start] + "|" + scene.document.folded[office.end : office.end + 18]
    if not re.search(r"университет|\buniversity\b", around):
        return None
    return next((s for s in reversed(scene.within(0, office.start)) if (t := scene.things.of(s)) and t.kind == "University"), None)


def _ministry(scene: Scene, held: Held) -> Span | None:
    """The ministry of the text whose domain the office's words repeat."""
    sentence = scene.document.sentence_at(held.office.start)
    near = [
        s
        for s in scene.within(max(sentence.start, held.office.start - 90), held.office.start)
        if (t := scene.things.of(s)) and t.kind == "Ministry"
    ]
    if near and held.represents is None:
        return near[-1]
    start = max(sentence.start, held.start - 60)
    words = {w[:5] for w in re.findall(r"\w{3,}", scene.document.folded[start : held.end + 80])}
    for span in scene.spans:
        thing = scene.things.of(span)
        if thing is None or thing.kind != "Ministry" or (held.represents and thing.country and thing.country != held.represents):
            continue
        domain = [w[:5] for w in re.findall(r"\w{4,}", fold(span.name)) if not _MINISTRY_WORDS.match(w)]
        own = [w for w in domain if w not in _country_words(scene, thing)]
        if own and all(w in words for w in own):
            return span
    return None


def _country_words(scene: Scene, thing: Thing) -> set[str]:
    record = scene.book.country(thing.country) if thing.country else None
    names = [n for n, _ in (*record.names, *record.aliases)] if record else []
    return {w[:5] for n in names for w in re.findall(r"\w{4,}", fold(n))}
