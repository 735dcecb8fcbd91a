"""What an office leaves to the rest of the text: its body, its ministry, its state."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from elshi.ingest.annotate.capitals import is_capitalised
from elshi.ingest.annotate.common_bodies import body_behind, body_by_noun, body_possessed, body_spoken_for, noun_of, unhoused
from elshi.ingest.annotate.document import Span
from elshi.ingest.annotate.offices import scope_of
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.annotate.positions import Held
from elshi.ingest.annotate.sides import side_told
from elshi.ingest.annotate.things import Thing
from elshi.ingest.languages.names import looks_like_surname

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
#: Houses that English offices have in their own words: `Member of the Mazhilis`, `Chair of the Senate … Committee`.
_HOUSES: Final = re.compile(r"\b(?:mazhilis|majilis|senate|bundestag|sejm|house|congress|parliament|assembly)\b")
#: The state whose releases Elshi reads: its own officials are named without it.
_HOME: Final = "KZ"
#: Words to the left of an office among which its body is looked for, and letters of the longest name.
_PHRASE: Final = 9
_NAME: Final = 160
#: How adjectives end, which may stand before any office: `ұлттық`, `халықаралық`.
_ADJECTIVAL: Final = tuple("лық лік тық тік дық дік ғы гі қы кі шы ші ты ті ды ді лы лі ған ген тын тін".split())
_HEAD_OF_STATE: Final = "мемлекет басшысы"
#: An office that names its ministry by a common noun.
_THE_MINISTRY: Final = re.compile(r"\b(?:ведомств|министерств|министрлі)\w*")
_MINISTRY_WORDS: Final = re.compile(r"министр|республик|ministry|republic|федера|federal|мемлекет|государств")


def completed(scene: Scene, held: Held) -> Held:
    """The office with what its sentence leaves to the rest of the text: its ministry, its university."""
    body, noun = held.organization, _noun_before(scene, held)
    inherited = body is not None and body.end <= held.office.start and _inherited(scene, held, body)
    common = noun_of(scene, held) if body is None or inherited else None
    if noun:
        body = _of_noun(scene, held, noun)
    elif owned := body_possessed(scene, held) if body is None and held.represents is None else None:
        body = owned
    elif named := body_behind(scene, held) if body is None and held.represents is None else None:
        body = named
    elif spoken := body_spoken_for(scene, held) if body is None and held.represents is None else None:
        body = spoken
    elif common:
        body = body_by_noun(scene, held.office.start, common, _adjective(scene, held))
    elif (
        body is None
        and scope_of(held.office.name, scene.document.lang) == "body"
        and held.represents is None
        and not _of_something(scene, held)
    ):
        body = _understood(scene, held)
    if body is None and held.represents is None and held.office.name in {"president", "deputy-president"}:
        body = _university(scene, held)
    if body is None and held.office.name in _MINISTERIAL:
        body = _ministry(scene, held)
    return replace(held, organization=body)


def stately(scene: Scene, held: Held) -> Held:
    """A state's official whose state goes without saying: that of his other office, of the embassy, the envoy's host, or home."""
    bare_president = held.office.name == "president" and held.organization is None and not _noun_before(scene, held)
    if held.represents or scene.state_of(held) or not (bare_president or scope_of(held.office.name, scene.document.lang) == "state"):
        return held
    person = scene.key(held.person)
    own = next((iso for h in scene.held if scene.key(h.person) == person and (iso := scene.state_of(h))), None)
    if own is None and held.office.name in _ENVOYS and scene.document.lang == "en" and (sent := _consulate(scene)):
        return replace(held, represents=sent[0], accredited_to=held.accredited_to or sent[1])
    if own is None and held.office.name in _ENVOYS and held.accredited_to is None and (post := _embassy(scene)):
        return replace(held, represents=post[0], accredited_to=post[1])
    if own is None and held.office.name in _ENVOYS and held.accredited_to is None and (fellow := _fellow(scene, held)):
        return replace(held, represents=fellow.represents, accredited_to=fellow.accredited_to)
    head = scene.document.lang == "kk" and scene.document.folded.startswith(_HEAD_OF_STATE, held.office.start)
    kazakh = scene.document.lang == "kk" and looks_like_surname(held.person.name.split()[-1], "kk")
    host = None if kazakh else _host(scene, held)
    return replace(held, represents=own or (_HOME if head else None) or host or _home(scene, held) or side_told(scene, held))


def _fellow(scene: Scene, held: Held) -> Held | None:
    """The envoy in whose sentence a consul stands and whose sender and host are his too: `Посол Казахстана в Греции … и Почётный консул …`."""
    sentence = scene.document.sentence_at(held.office.start)
    here = [h for h in scene.held if sentence.start <= h.office.start < held.office.start and h.office.name in _ENVOYS and h.accredited_to]
    return here[-1] if len(here) == 1 and scene.document.lang == "ru" else None


def _host(scene: Scene, held: Held) -> str | None:
    """ISO code of the one country that hosts the text's envoys, where the official stands in one sentence with an envoy."""
    posts = [(h, t.country) for h in scene.held if h.office.name in _ENVOYS and h.accredited_to and (t := scene.things.of(h.accredited_to))]
    sentence = scene.document.sentence_at(held.office.start)
    here = {scene.key(s) for s in scene.within(sentence.start, sentence.end) if s.kind == "Person"}
    hosts = {country for _, country in posts}
    return hosts.pop() if len(hosts) == 1 and any(scene.key(h.person) in here for h, _ in posts) else None


def _home(scene: Scene, held: Held) -> str | None:
    """The state of a Kazakh release's own officials, who need no country: those with a name as Kazakhs have, or the head of state.

    Where an envoy abroad is at work the officials without a country may be his hosts'.
    """
    post = _embassy(scene)
    if (
        scene.document.lang != "kk"
        or post
        and post[0] == _HOME
        or any(h.office.name in _ENVOYS and h.represents == _HOME and h.accredited_to for h in scene.held)
    ):
        return None
    return _HOME if held.office.name == "president" or looks_like_surname(held.person.name.split()[-1], "kk") else None


def _consulate(scene: Scene) -> tuple[str, Span | None] | None:
    """The sender and the town of the one mission that an English text names: `An Honorary Consulate of Kazakhstan … in Thessaloniki`."""
    missions = {(s, t.country) for s in scene.spans if s.kind == "Embassy" and (t := scene.things.of(s)) and t.country}
    if len({sender for _, sender in missions}) != 1:
        return None
    first, sender = min(missions, key=lambda m: m[0].start)
    sentence = scene.document.sentence_at(first.start)
    places = (s for s in scene.within(first.end, sentence.end) if s.kind in {"City", "Country"})
    return sender or "", next((s for s in places if scene.document.folded[s.start - 4 : s.start] == " in "), None)


def _embassy(scene: Scene) -> tuple[str | None, Span] | None:
    """The sender and the host of the one embassy that a text names: `Қазақстанның Өзбекстандағы Елшілігі`."""
    found: dict[str, tuple[str | None, Span]] = {}
    for span in (s for s in scene.spans if s.kind == "Embassy" and scene.document.lang == "kk"):
        sender, host = None, None
        for token in scene.document.tokens(span.start, span.end):
            records = scene.book.named(token.lemma_, "kk", kinds={"Country"})
            if records and token.morph.get("Attr", []) == ["Yes"]:
                host = replace(span, end=token.idx + len(token.text), kind="Country", record=records[0].id)
            elif records:
                sender = records[0].country
        if host is not None and host.record:
            found[host.record] = sender, host
    return next(iter(found.values())) if len(found) == 1 else None


def _noun_before(scene: Scene, held: Held) -> str | None:
    """The stem of a common noun for a body that a Kazakh office has to its left: `кітапхана директоры`, `Институттың … директоры`.

    A body that the office has by name, and not from the office before it, leaves no room for one.
    """
    document, body = scene.document, held.organization
    if document.lang != "kk" or body is not None and not _inherited(scene, held, body):
        return None
    office = document.tokens(held.office.start, held.office.end)
    for token in reversed(document.doc[max(0, office.start - _PHRASE) : office.start + (len(office) > 1)]):
        between = document.folded[token.idx + len(token.text) : held.office.start]
        if token.idx < held.office.start and (token.is_punct or token.morph.get("VerbForm", []) == ["Fin"] or _covered(scene, token)):
            return None
        case = next(iter(token.morph.get("Case", [])), "Nom")
        common = token.text.islower() or (token.is_sent_start and not token.text.isupper())
        if common and (case == "Gen" or case == "Nom" and not between.strip()) and kind_of_name(token.text, "kk") and not _is_unit(token):
            return fold(token.lemma_)
    return None


def _of_something(scene: Scene, held: Held) -> bool:
    """Does what is no body that is known say what an office is of: `порт басқармасының төрағасы`, `Avolon's chief executive`, `Director at Avolon`?"""
    document = scene.document
    if document.lang == "ru" or held.office.name in _SEATS and document.lang == "kk":
        return False
    tokens = document.tokens(held.office.start, held.office.end)
    first, last = tokens[0], tokens[-1]
    before = document.doc[first.i - 1] if first.i and not first.is_sent_start else None
    if document.lang == "en":
        owner = document.doc[first.i - 2] if before is not None and first.i > 1 and before.text in {"'s", "’s", "'", "’"} else None
        behind = document.doc[last.i + 2] if last.i + 2 < len(document.doc) and document.doc[last.i + 1].lower_ in {"of", "at"} else None
        names = (t for t in (owner, behind) if t is not None and is_capitalised(t) and kind_of_name(t.text, "en") is None)
        return any(not _covered(scene, t) for t in names)
    if before is None:
        return False
    return before.pos_ == "NOUN" and before.text.islower() and not before.text.endswith(_ADJECTIVAL) and not _covered(scene, before)


def _is_unit(token: Token) -> bool:
    """Does a noun only name a part of a body: `басқарма мүшесі`, `кеңес төрағасы`?"""
    return fold(token.lemma_) in {"басқарма", "кеңес", "комитет", "комиссия"}


def _inherited(scene: Scene, held: Held, body: Span) -> bool:
    """Did an office get its body from the one before it?"""
    return any(s.kind in {"Person", "Office"} for s in scene.within(body.end, held.office.start)) or body.start > held.office.start


def _covered(scene: Scene, token: Token) -> bool:
    return any(s.start <= token.idx < s.end for s in scene.within(max(0, token.idx - _NAME), token.idx + 1))


def _of_noun(scene: Scene, held: Held, noun: str) -> Span | None:
    """The last body before an office whose name ends in a noun: `кітапхана` points to `Өзбекстан ұлттық кітапханасы`."""

    def named(span: Span) -> bool:
        thing = scene.things.of(span)
        return thing is not None and any(fold(name).split()[-1].startswith(noun[:-1]) for name in thing.names if name.split())

    earlier = [s for s in scene.within(0, held.office.start) if s.kind not in {"Person", "Office", "Date"} and named(s)]
    kind = kind_of_name(noun, "kk")
    alike = [s for s in scene.within(0, held.office.start) if (t := scene.things.of(s)) and t.kind == kind and kind != "Organization"]
    return next(reversed(earlier or alike), None)


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
    houses = [s for s in scene.within(0, held.office.start) if (t := scene.things.of(s)) and t.kind == "Parliament"]
    if house := _HOUSES.search(scene.document.folded, held.office.start, held.office.end):
        return next((s for s in reversed(houses) if fold(s.name).startswith(house[0])), None)
    if (
        held.office.name == "member-of-parliament"
        and scene.document.lang == "en"
        and looks_like_surname(held.person.name.split()[-1], "en")
    ):
        fitting = [s for s in houses if (t := scene.things.of(s)) and t.country == _HOME] or fitting
    if not fitting and held.office.name == "member-of-parliament":
        fitting = [s for s in houses if (t := scene.things.of(s)) and t.country == _HOME] or houses
    fitting = unhoused(scene, fitting)
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
    if held.represents is None and _THE_MINISTRY.search(scene.document.folded, held.office.start, held.office.end):
        ministries = [s for s in scene.within(0, held.office.start) if (t := scene.things.of(s)) and t.kind == "Ministry"]
        return ministries[-1] if ministries else None
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
