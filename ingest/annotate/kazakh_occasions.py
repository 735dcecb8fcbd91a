"""What Kazakh leaves unsaid of occasions: who travels, who signs, who shows a guest round, what is no reception, what was put off."""

from __future__ import annotations

import re
from typing import Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.occasion_status import status_of
from elshi.ingest.annotate.occasions import Occasion, triggers
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.pointing import state_told
from elshi.ingest.annotate.scene import Scene

__all__ = [
    "adopts",
    "agreed_on",
    "comes_to",
    "convenes",
    "hosts",
    "invited",
    "is_attribute",
    "moved",
    "posts",
    "signers",
    "talk_alone",
    "travellers",
]

#: What `қабылдау` takes other than guests: documents, decisions, games a country hosts.
_ADOPTED: Final = tuple(
    "мәлімдеме шешім заң қаулы құжат қарар декларация келісім ойын саммит форум чемпионат бағдарлама стратегия тұжырымдама жоспар "
    "конституция жарғы ереже шара студент үміткер өтініш бюджет".split()
)
#: A journey as a noun, whose owner stands in the genitive: `Премьер-министрінің … сапарына дайындық`.
_JOURNEY: Final = re.compile(r"(?<!\w)(?:іс)?сапары(?:на|ның|н|нда)?(?!\w)")
#: Verbs of talk that make a meeting only of those who are named with them.
_TALK: Final = ("пысықта", "сарала", "пікір", "ой", "ақылдас", "кеңес")
#: Sentences after a visit in which its hosts show what there is to see, and after talks in which their sides sign.
_NEXT: Final = 2
_SHOWS: Final = re.compile(
    r"(?<!\w)(?:көрсет(?:ті|кен|іп)|таныстыр(?:ды|ған|ып)|ұсынды|айт(?:ты|ып)|айтуынша|сөзіне|сөзінше|әңгімеле(?:ді|п)|"
    r"баянда(?:ды|п)|түсіндір(?:ді|іп)|қарсы ал(?:ды|ған|ып)|жеткіз(?:ді|іп)|хабарла(?:ды|п)|мәлімде(?:ді|п)|атап өтті)(?!\w)"
)


_TALKED_OF: Final = re.compile(
    r"[ \u00a0](?:мәселе|туралы|жайы|жөнінде|мүмкіндік|мүмкіндіг|жоспар|ұсын|үшін|бойынша|қажеттіг|маңыз|ниет|мүдде|дайын|перспектива|идея|бастама)"
)
_AT_TALKS: Final = re.compile(r"(?:де|да|інде|ында|барысында)$")
_SETTLED: Final = re.compile(r"(?<!\w)(?:уағдалас|келіс(?:ті|ілді|ім)|шеш(?:ті|ім))")
_COMES: Final = re.compile(
    r"[ \u00a0](?:[^.;:!?\n]{0,160}[ \u00a0,])?(?:қатыс(?:ты|қан|ып)|кел(?:ді|ген|іп)|жинал(?:ды|ған)|шақырылды)(?!\w)"
)
_CONVENES: Final = re.compile(
    r"(?<!\w)(?:өткіз(?:бек|еді|уде)|ұйымдастыр(?:мақ|ады|уда|ған)|дайында(?:мақ|йды|ған|п)|кел(?:еді|мек)|қатыс(?:ады|пақ))(?!\w)"
)
_AGREED: Final = re.compile(
    r"(?<!\w)(?:уағдалас|келіс(?:ті|іп|ілді|імге)|бірлес|бірге\b|тең төраға|хабардар|талқыла|сөз (?:болды|етті)|дайындық|дайындығ|"
    r"қара(?:ды|лды|стыр))"
)


def comes_to(scene: Scene, sentence: Sentence, hit: Hit, earlier: list[Occasion]) -> bool:
    """Does a Kazakh dative only say to which open occasion somebody came: `Жүздесуге … директоры да қатысты`?"""
    document = scene.document
    open_ones = [o for o in earlier if o.kind == hit.key and o.status == "held" and not o.told]
    if document.lang != "kk" or not open_ones:
        return False
    near = sentence.index - open_ones[-1].sentences[-1].index <= _NEXT
    if hit.key == "Meeting" and near and _AT_TALKS.search(document.folded, hit.start, hit.end):
        return set(scene.persons(sentence)) <= set(open_ones[-1].persons)
    return document.case(hit.start, hit.end) == "Dat" and _COMES.match(document.folded[hit.end : sentence.end]) is not None


def convenes(scene: Scene, sentence: Sentence, occasions: list[Occasion]) -> bool:
    """Give a plan without participants the bodies that the next sentence tells of: `Жиынды … палатасы өткізбек`."""
    last = occasions[-1] if occasions else None
    if scene.document.lang != "kk" or last is None or last.kind != "Conference" or last.status == "held" or last.persons:
        return False
    near = sentence.index - last.sentence.index == 1 and _CONVENES.search(scene.document.folded, sentence.start, sentence.end)
    bodies = list(dict.fromkeys(k for s in scene.bodies(sentence) if s.kind != "Country" and (k := scene.key(s)))) if near else []
    if bodies:
        last.bodies = [*(b for b in last.bodies if not scene.is_place(scene.things[b])), *bodies]
        last.sentences.append(sentence)
    return bool(bodies)


def invited(scene: Scene, sentence: Sentence, end: int) -> list[str]:
    """The persons whom a Kazakh accusative says to be invited: `Ол А.Беннунаны … форумға шақырды`."""
    spans = (s for s in scene.within(sentence.start, end) if s.kind == "Person" and scene.document.case(s.start, s.end) == "Acc")
    return [key for s in spans if (key := scene.key(s))]


def agreed_on(scene: Scene, sentence: Sentence) -> bool:
    """Do both sides speak of an occasion to come: `форум өткізу туралы уағдаласты`, `саммитке дайындықтан хабардар етті`? Kazakh tells."""
    return (
        scene.document.lang != "kk"
        or scene.has_cue("speech", sentence)
        or _AGREED.search(scene.document.folded, sentence.start, sentence.end) is not None
    )


def adopts(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """`мәлімдеме қабылдаған`: a document is adopted, nobody is received; nor where `қабылданды` has no guest before it."""
    document = scene.document
    if document.lang == "kk" and document.folded[hit.end - 1] in "уү" and _TALKED_OF.match(document.folded, hit.end):  # `рейс ашу мәселесі`
        return _SETTLED.search(document.folded, hit.end, sentence.end) is None
    if document.lang != "kk" or not document.folded.startswith("қабылда", hit.start):
        return False
    words = document.folded[max(0, hit.start - 45) : hit.start]
    guests = any(s.kind == "Person" for s in scene.within(sentence.start, hit.start))
    return any(stem in words for stem in _ADOPTED) or document.folded.startswith("қабылдан", hit.start) and not guests


def is_attribute(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Does a Kazakh participle only describe something, `қол қойылған келісім`, and not whoever speaks or when: `кездескен Елші … айтты`?"""
    document = scene.document
    if document.tokens(hit.start, hit.end)[-1].morph.get("VerbForm", []) != ["Part"]:
        return False
    after = document.tokens(min(hit.end + 1, sentence.end - 1), sentence.end)[:1]
    speaker = any(s.kind in {"Office", "Person"} for s in scene.within(hit.end, hit.end + _NEXT))
    return not speaker and not any(t.morph.get("Case", []) == ["Loc"] for t in after)


def talk_alone(scene: Scene, occasion: Occasion) -> bool:
    """Is a verb of talk all that a Kazakh sentence has of a meeting, with nobody named: `министрлер дайындықты пысықтады`?"""
    folded = scene.document.folded
    return scene.document.lang == "kk" and not occasion.persons and folded.startswith(_TALK, occasion.trigger.start)


def travellers(scene: Scene, occasion: Occasion) -> tuple[list[str], list[str]] | None:
    """Who makes a journey that a noun tells: the person in the genitive before it, else the state of the office there."""
    document, sentence = scene.document, occasion.sentence
    journey = _JOURNEY.search(document.folded, occasion.trigger.start, occasion.trigger.end) if document.lang == "kk" else None
    if journey is None:
        return _bare_subject(scene, occasion)
    inside = [s for s in scene.within(sentence.start, journey.start()) if s.kind in {"Person", "Office"}]
    owner = next((s for s in reversed(inside) if document.case(s.start, s.end) == "Gen"), None)
    if owner is None:
        return None
    key = scene.key(owner) if owner.kind == "Person" else scene.holder_of(owner)
    return ([key], []) if key else ([], _side_before(scene, owner))


def _bare_subject(scene: Scene, occasion: Occasion) -> tuple[list[str], list[str]] | None:
    """The state for which an office without a holder travels: `Қазақстан Президенті … сапармен барады`."""
    document, sentence = scene.document, occasion.sentence
    if document.lang != "kk" or occasion.persons or scene.persons(sentence):
        return None
    offices = [
        s for s in scene.within(sentence.start, occasion.trigger.start) if s.kind == "Office" and document.case(s.start, s.end) == "Nom"
    ]
    states = _side_before(scene, offices[0]) if len(offices) == 1 else []
    return ([], states) if states else None


def _side_before(scene: Scene, office: Span) -> list[str]:
    """The state told with an office, whatever its domain, else the body right before it: `МАГАТЭ Бас директорының … сапары`."""
    state = state_told(scene, office)
    if state is not None:
        return [scene.things.country(state, scene.book, "kk")]
    before = [s for s in scene.within(max(0, office.start - 80), office.start) if s.kind not in {"Date", "Office", "Person"}]
    key = scene.key(before[-1]) if before and office.start - before[-1].end <= 2 else None
    return [key] if key else []


def signers(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> list[str]:
    """The persons of the talks before, where they are the subject that signs: `Тең төрағалар хаттамаға қол қойды`."""
    document, sentence = scene.document, occasion.sentence
    if document.lang != "kk" or "қойылды" in document.folded[occasion.trigger.start : occasion.trigger.end]:
        return []
    if not scene.has_cue("signing-pair", Sentence(sentence.index, sentence.start, occasion.trigger.start, sentence.paragraph)):
        return []
    talks = (o for o in reversed(earlier) if o.status == "held" and not o.told and len(o.persons) > 1)
    near = next((o for o in talks if sentence.index - o.sentences[-1].index <= _NEXT + 1), None)
    return list(near.persons) if near else []


def posts(scene: Scene, sentence: Sentence) -> set[str | None]:
    """The states where a Kazakh sentence says that somebody is posted: `банктің Қазақстандағы өкілі`."""
    document = scene.document
    if document.lang != "kk":
        return set()
    return {scene.key(s) for s in scene.bodies(sentence) if s.kind == "Country" and document.is_attributive(s.start, s.end)}


def hosts(scene: Scene, sentence: Sentence, occasion: Occasion) -> bool:
    """Does somebody with an office speak or show round right after a Kazakh visit was told: `Зауыт директоры … таныстырды`?"""
    near = 0 < sentence.index - occasion.sentence.index <= _NEXT and sentence.paragraph == occasion.sentence.paragraph
    if scene.document.lang != "kk" or occasion.kind != "Visit" or occasion.status != "held" or not near:
        return False
    named = {s for s in scene.within(sentence.start, sentence.end) if s.kind == "Person"}
    return any(h.person in named for h in scene.held) and _SHOWS.search(scene.document.folded, sentence.start, sentence.end) is not None


def moved(scene: Scene, sentence: Sentence, occasions: list[Occasion]) -> bool:
    """Give an occasion the day it was put off to: `Сапар енді 2025 жылғы қазанға ауыстырылды`. Kazakh's dative says to when."""
    document = scene.document
    if document.lang != "kk" or status_of(scene, sentence.start, sentence.end) != "postponed":
        return False
    days = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date" and document.case(s.start, s.end) == "Dat"]
    kinds = {h.key for h in triggers("kk").every(document.folded, sentence.start, sentence.end) if h.row["opens"] == "weak"}
    pointed = scene.has_cue("pronoun", sentence) and sentence.index - occasions[-1].sentence.index <= _NEXT if occasions else False
    meant = next((o for o in reversed(occasions) if (o.kind in kinds or pointed and o is occasions[-1]) and o.status != "held"), None)
    if meant is None or len(days) != 1:
        return False
    meant.start, meant.end, meant.status = days[0].name, days[0].get("end"), "postponed"
    meant.sentences.append(sentence)
    return True
