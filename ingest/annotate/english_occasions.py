"""What English leaves to be understood of occasions: what is only talked of, whose a visit is, who signs, to when something is put off."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.occasion_days import moved_to
from elshi.ingest.annotate.occasion_status import status_of
from elshi.ingest.annotate.occasions import DAY, Occasion
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.scene import Scene

__all__ = ["day_understood", "guests", "is_he", "is_talk", "organisers", "put_off", "signers_meant", "subject_before"]

#: Kinds of occasions that talks can be about without their having been held.
_TALKED_OF: Final = frozenset({"Signing", "Launch", "Conference", "Visit", "Presentation", "Ceremony"})
#: Letters between words of talk and what they are about, and behind an occasion in which its own day stands.
_NEAR: Final = 90
_AHEAD: Final = 120
_CLAUSE: Final = re.compile(r"[.;:]| (?:who|which|where|after which|then) ")
#: Forms of a verb that say that something happened, and not only that there was talk of it.
_FINITE: Final = re.compile(
    r"^(?!(?:\w+ )?(?:to|the|a|an)\b)\w*(?:ed|held|met|took|paid|began|put|led|gave|made|saw)\b|\b(?:was|were|has|have) "
)
_JOURNEY: Final = re.compile(r"\b(?:visit|trip|tour|journey)\b")
_OF_WHOM: Final = re.compile(r"(?: to \w+)? (?:of|by)(?: the)? ")
#: Words for the two who have just met, before what they signed.
_THE_TWO: Final = re.compile(
    r"\b(?:the two(?: sides| parties| ministers| officials)?|they|both(?: sides)?|"
    r"the (?:sides|parties|ministers|speakers|rectors|parliamentarians|officials|presidents|interlocutors|mayors)) (?:also |then )?signed\b"
    r"|\bsigned by (?:both|the two|the) (?:two )?(?:co-chairs|sides|parties|ministers|heads|rectors|speakers)\b"
)
_ORGANISED: Final = re.compile(r"\b(?:organi[sz]ed|arranged|prepared|hosted|convened|co-organi[sz]ed)(?: jointly)? by\b")
_PAIR: Final = 2
#: A pronoun as the subject of the verb that follows, and letters in which it stands.
_HE: Final = re.compile(r"(?<!\w)(?:he|she) (?:also |then |later |was |is |will |had |has )*$")
_SUBJECT: Final = 30
#: How long before a release the one day may lie that it tells.
_RECENT: Final = 14


def is_talk(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Is an occasion only what is talked of, `the possibility of signing a memorandum was discussed`, with no day of its own?"""
    document = scene.document
    if document.lang != "en" or _is_other(scene, hit):
        return document.lang == "en"
    if hit.key not in _TALKED_OF or _FINITE.search(document.folded[hit.start : hit.end]):
        return False
    before = document.folded[max(sentence.start, hit.start - _NEAR) : hit.start]
    start = hit.start - len(before) + max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    if not scene.cues("talked-of", replace(sentence, start=start, end=hit.start)):
        return False
    return not any(s.kind == "Date" and s.start > hit.start for s in scene.within(hit.start, min(sentence.end, hit.end + _AHEAD)))


def _is_other(scene: Scene, hit: Hit) -> bool:
    """Do the words mean something else here: students who signed up, an agreement that was reached?"""
    document = scene.document
    word = document.folded[hit.start : hit.end]
    if word.endswith("signed") and document.folded.startswith((" up ", " off "), hit.end):
        return True
    places = (s.start for s in scene.within(hit.end, hit.end + 3) if s.kind in {"City", "Region", "Country"})
    return word in {"reached", "reaches"} and next(places, None) is None


def guests(scene: Scene, sentence: Sentence, hit: Hit) -> tuple[list[str], list[str]] | None:
    """Who comes where a visit is somebody's, `the visit of the Prime Minister of Vietnam to Astana`: persons, else the state of the office."""
    document = scene.document
    noun = _JOURNEY.search(document.folded, hit.start, hit.end) if document.lang == "en" else None
    inside = scene.within(noun.end(), sentence.end) if noun else []
    first = next((s for s in inside if s.kind in {"Office", "Person"}), None)
    if noun is None or first is None or not _OF_WHOM.fullmatch(document.folded[noun.end() : first.start]):
        return None
    behind = [s for s in inside if s.start >= first.end and s.kind != "Date"]
    named = first if first.kind == "Person" else next((s for s in behind if s.kind == "Person" and scene.holds(s, first)), None)
    if named is not None:
        return ([key] if (key := scene.key(named)) else []), []
    state = next((s for s in behind[:1] if s.kind == "Country" and document.folded[first.end : s.start].strip() in {"of", "of the"}), None)
    key = scene.key(state) if state is not None else None
    if key is None:
        return None
    known = [h for h in scene.held if h.office.name == first.name and scene.state_of(h) == scene.things[key].country]
    who = scene.key(known[-1].person) if known else None
    return ([who], []) if who else ([], [key])


def signers_meant(scene: Scene, sentence: Sentence, earlier: list[Occasion]) -> list[str]:
    """The two whose talks a signature follows: `After the talks, the two signed a memorandum`."""
    talks = next((o for o in reversed(earlier) if o.kind in {"Meeting", "Visit"} and o.status == "held" and not o.told), None)
    meant = scene.document.lang == "en" and _THE_TWO.search(scene.document.folded, sentence.start, sentence.end)
    return list(talks.persons) if meant and talks is not None and len(talks.persons) == _PAIR else []


def subject_before(scene: Scene, occasion: Occasion) -> str | None:
    """Whom `he` or `she` means: the first whom the sentence before in the paragraph is about."""
    sentence, document = occasion.sentence, scene.document
    before = document.sentences[max(0, sentence.index - 1)]
    if document.lang != "en" or before.paragraph != sentence.paragraph or not scene.has_cue("pronoun", sentence):
        return None
    return next(iter(scene.persons(before)), None)


def is_he(scene: Scene, occasion: Occasion) -> bool:
    """Does `he` or `she` stand right before the words that open an English occasion: `The following day, he opened an exhibition`?"""
    start, end = occasion.sentence.start, occasion.trigger.start
    return scene.document.lang == "en" and _HE.search(scene.document.folded, max(start, end - _SUBJECT), end) is not None


def organisers(scene: Scene, sentence: Sentence, occasions: list[Occasion]) -> bool:
    """Give a gathering that nobody is known to attend those whose it is: `It is organised by the chamber of entrepreneurs`."""
    last = occasions[-1] if occasions else None
    near = last is not None and last.kind == "Conference" and not last.persons and sentence.index - last.sentence.index == 1
    by = _ORGANISED.search(scene.document.folded, sentence.start, sentence.end) if near and scene.document.lang == "en" else None
    if by is None or last is None:
        return False
    bodies = [key for s in scene.bodies(sentence) if s.start >= by.end() and (key := scene.key(s))]
    if bodies:
        last.bodies = list(dict.fromkeys(bodies))
        last.sentences.append(sentence)
    return bool(bodies)


def put_off(scene: Scene, sentence: Sentence, occasions: list[Occasion]) -> bool:
    """Give the plan told before the day to which a sentence puts it off: `Instead it has been put back to June`."""
    if scene.document.lang != "en":
        return False
    days = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date"]
    new, meant = moved_to(scene, sentence, days), next((o for o in reversed(occasions) if o.status != "held"), None)
    if new is None or meant is None:
        return False
    meant.start, meant.end, meant.status = new.name, new.get("end"), "postponed"
    meant.sentences.append(sentence)
    return True


def day_understood(scene: Scene, occasion: Occasion) -> str | None:
    """The only day that a text tells, for an occasion whose sentence states none."""
    document, sentence = scene.document, occasion.sentence
    if document.lang != "en" or occasion.told or occasion.kind in {"Launch", "Vote"}:
        return None
    if status_of(scene, sentence.start, sentence.end) in {"planned", "postponed"}:
        return None
    days = {s.name for s in scene.within(document.body[0].start, document.body[-1].end) if s.kind == "Date" and len(s.name) == DAY}
    return day if len(days) == 1 and _is_recent(scene, day := days.pop()) else None


def _is_recent(scene: Scene, day: str) -> bool:
    today = (scene.document.release.reported_on or "")[:DAY]
    return bool(today) and 0 <= (dt.date.fromisoformat(today) - dt.date.fromisoformat(day)).days <= _RECENT
