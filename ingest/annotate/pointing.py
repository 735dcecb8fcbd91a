"""Whom a text points to without a name: by a bare office, a definite role, a plural, or as the one it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.evidence import is_plural
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.positions import Held

if TYPE_CHECKING:
    from elshi.ingest.annotate.scene import Scene

__all__ = ["heads_of_both", "is_honoured", "is_several", "pointed", "several", "state_told", "whom"]

#: Words for people of a kind, which point to nobody by themselves.
_NOBODY: Final = frozenset({"expert", "student", "researcher"})
_HONOURED: Final = re.compile(
    r"[ \u00a0](?:туғанына[ \u00a0])?(?:\d{1,3}[ \u00a0-]*(?:жылды\w*|жас\w*)|мерейтой\w*|рухына|шығарма\w*|мұрасы\w*|ескерткіші\w*|"
    r"кесенесі\w*|өлеңдері\w*|атындағы|еске[ \u00a0]ал\w*|"
    r"шақыруымен|шақыруы[ \u00a0]бойынша|тапсырмасы\w*|атынан|сәлемін|жолдауын|үндеуін|құттықтауын|жарлығы\w*|бастамасы\w*|өкімі\w*)"
)
#: Letters and words between what is honoured and the name: `со дня рождения великого поэта Абая`.
_PRAISE: Final = 40
_PLAIN: Final = re.compile(r"[ \u00a0а-яёa-z-]*")
#: Spans that own no office.
_NO_OWNERS: Final = frozenset({"Office", "Date", "Person", "Ministry"})
#: A Russian office and the beginning of a capitalised word behind it.
_BODY_WORD: Final = re.compile(r"[\w-]+ ([А-ЯЁ]\w{2,4})")
_INVITED: Final = re.compile(r"(?:at the invitation of|по приглашению|invited by)(?: the| his counterpart)?[ ,\w]{0,30}$")
#: Words before an office of which one may tell its state: `the Canadian Trade Minister`.
_NEXT: Final = 2
#: Letters and words between a bare office and its state, and what they may be.
_FAR: Final = 80
_DOMAIN: Final = 6
_PREPOSITION: Final = re.compile(r" (?:в|во|на|с|со|по|и|для|о|об|из|от) ")
_OF_STATE: Final = re.compile(r"(?:['’]s?)?(?: (?!and|with|to|in|of|on|for|by|the\b)[a-z-]+)*? ?")
_OF_THE: Final = re.compile(r"(?: (?:of|for) (?:the )?[a-z ,-]*?)? (?:of|for) (?:the )?|, ")
#: How often a text names whom it is about, at least.
_AGAIN: Final = 2
#: Letters of an office by which its words are told to be the same: `Президент`, not `Мемлекет басшысы`.
_SAME: Final = 6
#: Offices that the members of a delegation hold: `the senators` are whoever leads them.
_DELEGATED: Final = frozenset({"member-of-parliament"})
_PAIR: Final = 2
#: Words behind which offices only name a body: `Council of Foreign Ministers`.
_IN_NAME: Final = re.compile(
    r"(?:council|committee|conference|group|assembly|forum|совет|комитет|конференци|групп|ассамбле|форум)\w* (?:of |the )*$"
)
#: As many persons a plural may point back to.
_FEW: Final = 4


def is_honoured(scene: Scene, person: Span) -> bool:
    """Is a person only whom an occasion honours, `Абайдың 180 жылдығына арналған`, `the legacy of Abai`, or who bade or sent others?"""
    if scene.document.lang == "kk":
        return _HONOURED.match(scene.document.folded[person.end :]) is not None
    ends = (hit.end for hit in scene.cues("honours", scene.document.sentence_at(person.start)))
    return any(0 < person.start - end <= _PRAISE and _PLAIN.fullmatch(scene.document.text, end, person.start) for end in ends)


def is_several(scene: Scene, office: Span) -> bool:
    """Does an office stand for several persons: `президенттер`, `министры`, `senators`?"""
    if scene.document.lang != "kk":
        return is_plural(scene.document, office) and not _IN_NAME.search(scene.document.folded[max(0, office.start - _FAR) : office.start])
    return scene.document.tokens(office.start, office.end)[-1].morph.get("Number", []) == ["Plur"]


def whom(scene: Scene, office: Span) -> str | None:
    """The person whom a bare office means: the last one named with it."""
    if office.name in _NOBODY or scene.document.text[office.start : office.end] == "жетекші":
        return None
    after = next((s for s in scene.within(office.end, office.end + 60) if s.kind not in {"Date"}), None)
    if after is not None and after.kind == "Person" and after.start - office.end <= 2:
        return scene.key(after)
    word = scene.document.folded[office.start : office.start + _SAME]
    return pointed(scene, [office.name], office.start, word, state_told(scene, office), _owner_behind(scene, office))


def _owner_behind(scene: Scene, office: Span) -> str | None:
    """The body right behind a bare office in Russian and English: `Председатель Сабора`, `the Chairman of the Mazhilis`."""
    if scene.document.lang == "kk":
        return None
    behind = next((s for s in scene.within(office.end, office.end + 12) if s.kind not in PLACES and s.kind not in _NO_OWNERS), None)
    between = scene.document.folded[office.end : behind.start].strip(' «“"\u00a0') if behind else ","
    return scene.key(behind) if behind and between in {"", "of", "of the"} else None


def state_told(scene: Scene, office: Span) -> str | None:
    """The state named with a bare office, whatever its domain: `Мысырдың Денсаулық сақтау министрі`, `Министр здравоохранения Египта`."""
    document = scene.document
    inside = re.findall(r"[\w-]+", document.text[office.start : office.end])[1:]
    if document.lang == "ru" and (iso := next(filter(None, (scene.book.adjective(w, "ru") for w in inside)), None)):
        return iso
    if iso := _nation(scene, office.start):
        return iso
    before = next((s for s in reversed(scene.within(max(0, office.start - _FAR), office.start)) if s.kind != "Date"), None)
    behind = next((s for s in scene.within(office.start + 1, office.end + _FAR) if s.kind != "Date"), None)
    for span, between in (
        (before, document.folded[before.end : office.start] if before else ""),
        (behind, document.folded[office.end : behind.start] if behind else ""),
    ):
        thing = scene.things.of(span) if span else None
        if thing is None or span is None or span.kind not in {"Country", "Ministry"} or len(between.split()) > _DOMAIN:
            continue
        own = {"kk": span is before and document.case(span.start, span.end) == "Gen" and not re.search(r"[,.;:–]", between),
               "ru": span is behind and re.fullmatch(r"(?: [а-я-]+)*? ?", between) is not None and not _PREPOSITION.search(between),
               "en": span is before and _OF_STATE.fullmatch(between) is not None or span is behind and _OF_THE.fullmatch(between) is not None}  # fmt: skip
        if own[document.lang]:
            return thing.country
    return None


def pointed(scene: Scene, roles: list[str], offset: int, word: str = "", state: str | None = None, behind: str | None = None) -> str | None:
    """The person whom one of some roles means where it stands, or, of any role, the visitor."""
    if roles == ["**"] and not any(scene.has_cue("delegation", s) for s in scene.document.body if s.start < offset):
        return None
    if roles[0] in {"*", "**"}:
        return _visitor(scene, offset, _nation(scene, offset))
    owner, nation = _owner(scene, offset) or behind, state or _nation(scene, offset)
    fitting = [h for h in scene.held if h.office.name in roles and h.person.start < offset]
    fitting = _of_the_same(scene, fitting, offset)
    if nation is not None:
        fitting = [h for h in fitting if scene.state_of(h) == nation]
    owned = [h for h in fitting if owner and owner in {scene.key(h.organization) if h.organization else None, scene.state_key(h)}]
    if owner and not owned:
        return None
    called = [h for h in owned or fitting if word and scene.document.folded.startswith(word, h.office.start)]
    if not owner and scene.held[:1] and scene.held[0] in (called or fitting):  # the text is about him
        return scene.key(scene.held[0].person)
    return (
        scene.key((called or owned or fitting)[-1].person) if fitting else _lead(scene, offset) if word and not (owner or nation) else None
    )


def _lead(scene: Scene, offset: int) -> str | None:
    """The person a text is about where it never says what he is: `Аскар Жандосов на посту Посла`, and then `Посол`."""
    first = next((s for s in scene.spans if s.kind == "Person"), None)
    if first is None or first.start > offset or any(scene.key(h.person) == scene.key(first) for h in scene.held):
        return None
    if sum(s.kind == "Person" and scene.key(s) == scene.key(first) for s in scene.spans) < _AGAIN:
        return None
    return scene.key(first)


def _of_the_same(scene: Scene, fitting: list[Held], offset: int) -> list[Held]:
    """Those whose office a Russian text follows with the same capitalised word as here: `Председатель Сабора`."""
    word = _BODY_WORD.match(scene.document.text, offset) if scene.document.lang == "ru" else None
    named = [h for h in fitting if word and word[1] in scene.document.text[h.office.end : h.person.start]]
    return named or fitting


def _owner(scene: Scene, offset: int) -> str | None:
    """The body or state right before a bare office: `Хурал Төрағасы`, `Кения Президенті`."""
    if scene.document.lang != "kk":
        return None
    before = [s for s in scene.within(max(0, offset - 80), offset) if s.kind not in {"Office", "Date", "Person"}]
    if (
        not before
        or scene.document.text[before[-1].end : offset].strip(' »”"')
        or scene.document.case(before[-1].start, before[-1].end) not in {"Nom", "Gen"}
    ):
        return None
    return scene.key(before[-1])


def _visitor(scene: Scene, offset: int, nation: str | None) -> str | None:
    """The first person of the text who is not at home, of a nation where one is told: the one a visit is about."""
    guests = (
        h
        for h in scene.held
        if h.person.start < offset and (nation is None or scene.state_of(h) in {nation, None}) and not _invites(scene, h)
    )
    return next((scene.key(h.person) for h in guests), None)


def _invites(scene: Scene, held: Held) -> bool:
    """Did somebody only bid the guest come: `по приглашению Председателя …`, `… шақыруымен`?"""
    return is_honoured(scene, held.person) or _INVITED.search(scene.document.folded[max(0, held.start - _FAR) : held.start]) is not None


def _nation(scene: Scene, offset: int) -> str | None:
    """The state that a Russian or English word before a bare office tells: `египетский дипломат`, `the Kazakh delegation`."""
    if scene.document.lang == "kk":
        return None
    words = re.findall(r"[\w-]+", scene.document.text[max(0, offset - 40) : offset])
    told = (scene.book.adjective(w, scene.document.lang) for w in reversed(words[-_NEXT:]) if w[:1].isupper() or w == words[-1])
    return next(filter(None, told), None)


def heads_of_both(scene: Scene, sentence: Sentence) -> list[str]:
    """The two of one rank and of different sides whom a sentence means by `екі органның басшылары`, `the heads of the two legislatures`."""
    if not scene.has_cue("pair-heads", sentence):
        return []
    by_rank: dict[str, list[str]] = {}
    for held in scene.held:
        key = scene.key(held.person)
        if held.start < sentence.end and key and key not in by_rank.setdefault(scene.role_of(held), []):
            by_rank[scene.role_of(held)].append(key)
    pairs = (known for known in by_rank.values() if len(known) == _PAIR and len(scene.sides(known)) == _PAIR)
    named = list(dict.fromkeys(key for known in by_rank.values() for key in known))
    return next(pairs, named if len(named) == _PAIR == len(scene.sides(named)) else [])


def several(scene: Scene, office: Span) -> list[str]:
    """The two or three persons whom the text has named with an office, when it says no more than `министры` in Russian or English."""
    named = (scene.key(h.person) for h in scene.held if h.office.name == office.name and h.person.start < office.start)
    known = list(dict.fromkeys(key for key in named if key))
    if scene.document.lang == "kk" and scene.document.case(office.start, office.end) == "Gen":  # `министрлерінің кеңесі`
        return []
    if len(known) < _PAIR and office.name in _DELEGATED and (lead := pointed(scene, ["**"], office.start)):
        return [lead]
    return known if _PAIR <= len(known) <= _FEW else []
