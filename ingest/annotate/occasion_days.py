"""The day of an occasion: beside its words, heading its paragraph, told just before, or counted from the day told last."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.founding import founding_words
from elshi.ingest.annotate.occasion_status import status_of, status_told
from elshi.ingest.annotate.occasions import DAY, Occasion, openings, told_from, triggers
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.scene import Scene

__all__ = ["moved_to", "set_date"]

#: By how many letters a month must be nearer to an occasion than a day to date it.
_CLEARLY: Final = 25
#: Days before the release within which a day is still part of what it reports.
_NEWS: Final = 45
#: For how many letters a comma between a date and an occasion counts.
_COMMA: Final = 8
#: Cues that count from the day told last, and by how many days.
_COUNTED: Final = {"day-before": -1, "day-after": 1, "two-days-before": -2, "two-days-after": 2, "three-days-after": 3, "week-after": 7}
_TO: Final = {"ru": re.compile(r"(?:^|[^\w-])(?:на|до)[ \u00a0]$"), "en": re.compile(r"(?:^|[^\w-])(?:to|until|till|for)[ \u00a0]$")}
_UP_TO: Final = {
    "ru": re.compile(r"(?:^|[^\w-])(?:до|к|по|с)[ \u00a0]$"),
    "en": re.compile(r"(?:^|[^\w-])(?:until|till|through|by|since|for|for the year)[ \u00a0]$"),
}


def set_date(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> None:
    """The date beside the trigger; else the day that heads the paragraph, or that the sentences before have told."""
    chosen = _beside(scene, occasion) or _heading_day(scene, occasion.sentence)
    if chosen is not None:
        occasion.start, occasion.end = chosen.name, chosen.get("end")
    elif scene.document.lang == "kk":
        occasion.start = _day_before_it(scene, occasion, earlier)
    elif day := _counted(scene, occasion.sentence, earlier) or _inherited(scene, occasion, earlier):
        occasion.start = day


def _beside(scene: Scene, occasion: Occasion) -> Span | None:
    """The date that the sentence of an occasion gives it, rather a day than a month or a year."""
    start = told_from(scene, occasion.sentence, occasion.trigger.start) or occasion.sentence.start
    dates = [s for s in scene.within(start, occasion.sentence.end) if s.kind == "Date" and not _is_term(scene, s)]
    dates = [d for d in dates if len(d.name) == DAY or not founding_words(scene, occasion.sentence, d)]  # `the academy, founded in 1946`
    if moved := moved_to(scene, occasion.sentence, dates):
        return moved
    if scene.document.lang == "kk":
        dates = _put_off(scene, occasion, dates) or _owned(scene, dates, occasion)
    dates = [d for d in dates if len(d.name) == DAY or scene.document.lang == "kk" or _is_nearest(scene, d, occasion)]
    days = [d for d in dates if len(d.name) == DAY]
    months = [d for d in dates if len(d.name) == 7 or d.get("form") == "relative"]
    years = [d for d in dates if len(d.name) == 4 and abs(d.start - occasion.trigger.start) < 60]
    ranked = [min(choice, key=lambda d: _gap(d, occasion.trigger)) for choice in (days, months, years) if choice]
    nearer = [d for d in ranked[1:] if _gap(d, occasion.trigger) + _CLEARLY < _gap(ranked[0], occasion.trigger)]
    return next(iter([*nearer, *ranked]), None)


def moved_to(scene: Scene, sentence: Sentence, dates: list[Span]) -> Span | None:
    """The date to which something was put off: `консультации, ожидавшиеся 12 марта, сдвинуты на июнь`."""
    lead = _TO.get(scene.document.lang)
    if lead is None or status_of(scene, sentence.start, sentence.end) != "postponed":
        return None
    return next((d for d in reversed(dates) if lead.search(scene.document.folded[sentence.start : _opening(scene, d)])), None)


def _opening(scene: Scene, date: Span) -> int:
    """Where a date begins, the preposition that its form may take in left out: `на | февраль`."""
    preposition = re.match(r"(?:в|на|с|до|к|in|on|to|until|till|for)[ \u00a0]", scene.document.folded[date.start : date.end])
    return date.start + (preposition.end() if preposition else 0)


def _gap(date: Span, trigger: Hit) -> int:
    """Letters between a date and a trigger, none where one lies in the other."""
    return max(0, date.start - trigger.end, trigger.start - date.end)


def _heading_day(scene: Scene, sentence: Sentence) -> Span | None:
    """The day that heads a sentence's paragraph and stands there alone: `6 шілде.`, `12 марта.`, `March 12.`"""
    start = scene.document.text.rfind("\n", 0, sentence.start) + 1
    first = next((s for s in scene.within(start, sentence.start) if s.kind == "Date" and len(s.name) == DAY), None)
    if first is None or scene.document.text[start : first.start].strip(" –—-•"):
        return None
    return first if scene.document.text[first.end : first.end + 1] in {".", ":"} else None


def _counted(scene: Scene, sentence: Sentence, earlier: list[Occasion]) -> str | None:
    """The day that a sentence counts from the one told last: `Накануне …`, `На следующий день …`; the release's own for `Сегодня …`."""
    if scene.has_cue("last-day", sentence) and (final := next((o.end for o in reversed(earlier) if o.end), None)):
        return final
    if scene.has_cue("first-day", sentence) and (first := next((o.start for o in reversed(earlier) if o.end), None)):
        return first
    if scene.has_cue("today", sentence):
        return (scene.document.release.reported_on or "")[:DAY] or None
    steps = [step for cue, step in _COUNTED.items() if scene.has_cue(cue, sentence)]
    last = _told(scene, sentence, earlier, 0) if steps else None
    if last and steps[0] > 0 and any(scene.has_cue(c, earlier[-1].sentence) for c, step in _COUNTED.items() if step < 0):  # an aside
        last = max([last, *(o.start for o in earlier if o.start and len(o.start) == DAY and o.status == "held" and not o.told)])
    return (dt.date.fromisoformat(last) + dt.timedelta(steps[0])).isoformat() if last else None


def _inherited(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> str | None:
    """The day that the text goes on with: of the paragraph, or of the talks whose result is told. A plan has no day that is past."""
    sentence, today = occasion.sentence, scene.document.release.reported_on
    goes_on = scene.has_cue("same-day", sentence) or scene.has_cue("result", sentence)
    since = 0 if goes_on else scene.document.text.rfind("\n", 0, sentence.start) + 1
    if status_of(scene, sentence.start, sentence.end) != "planned":
        day = _told(scene, sentence, earlier, since)
        return _day_of_all(scene, occasion) if day is None else day if goes_on or not _is_old(scene, day) else None
    last = next((o.start for o in reversed(earlier) if o.start and o.sentence.start >= since), None)
    return last if last and len(last) == DAY and today and last > today[:DAY] else None


def _day_of_all(scene: Scene, occasion: Occasion) -> str | None:
    """The day that the first sentence gives all the talks of a release: `29 января министр провёл ряд встреч`."""
    first = scene.document.body[0]
    if occasion.kind != "Meeting" or not scene.has_cue("several-meetings", first):
        return None
    days = {s.name for s in scene.within(first.start, first.end) if _is_news(scene, s) and not s.get("end")}
    return days.pop() if len(days) == 1 else None


def _told(scene: Scene, sentence: Sentence, earlier: list[Occasion], since: int) -> str | None:
    """The day told last between an offset and a sentence: of an occasion that was no plan, or of other news of these weeks."""
    dated = [o for o in reversed(earlier) if o.start and o.status != "planned" and o.sentence.start >= since]
    meant = _kinds_meant(scene, sentence)
    if meant and (named := next((o for o in dated if o.kind in meant), None)) and len(named.start or "") == DAY:
        return named.start
    last = next(iter(dated), None)
    after = last.sentence.end if last else since
    other = next((s for s in reversed(scene.within(after, sentence.start)) if _is_news(scene, s)), None)
    day = other.name if other else last.start if last else None
    return day if day and len(day) == DAY else None


def _kinds_meant(scene: Scene, sentence: Sentence) -> set[str]:
    """The kinds of occasion whose outcome a Russian sentence tells: of a meeting `По итогам переговоров …`."""
    if scene.document.lang != "ru":
        return set()
    hits = (h for cue in scene.cues("result", sentence) for h in triggers("ru").every(scene.document.folded, cue.start, cue.end))
    return {h.key for h in hits if h.row["opens"] == "weak"}


def _is_news(scene: Scene, date: Span) -> bool:
    """Is a day one of those a release reports, neither history nor a plan?"""
    today = scene.document.release.reported_on
    if date.kind != "Date" or len(date.name) != DAY or not today or date.name > today[:DAY]:
        return False
    sentence = scene.document.sentence_at(date.start)
    return not _is_old(scene, date.name) and not sentence.is_title and status_of(scene, sentence.start, sentence.end) == "held"


def _is_old(scene: Scene, day: str) -> bool:
    """Does a day lie too far back for the news of a release?"""
    today = scene.document.release.reported_on
    return bool(today) and dt.date.fromisoformat((today or day)[:DAY]) - dt.date.fromisoformat(day) > dt.timedelta(_NEWS)


def _is_nearest(scene: Scene, date: Span, occasion: Occasion) -> bool:
    """Of several occasions in a sentence a month or year dates the one beside it."""
    others = [h for h in openings(scene, occasion.sentence) if h.key != occasion.kind]
    return all(_apart(scene, date, h) >= _apart(scene, date, occasion.trigger) for h in others)


def _apart(scene: Scene, date: Span, hit: Hit) -> int:
    """Letters between a date and a trigger, another clause between them counted for many."""
    start, end = (hit.end, date.start) if hit.end <= date.start else (date.end, hit.start)
    return _gap(date, hit) + _COMMA * scene.document.text.count(", ", start, max(start, end))


def _is_term(scene: Scene, date: Span) -> bool:
    """`2026-2028 жылдарға арналған`, `до конца года`: the term of a plan, not the day of an occasion."""
    lead = _UP_TO.get(scene.document.lang)
    before = scene.document.folded[max(0, date.start - 12) : date.start]
    until = date.get("form") == "relative" or len(date.name) == len("2026")
    behind = scene.document.folded.startswith((" дейін", " жылға дейін", " жылдарға арналған", " жылға арналған"), date.end)
    return date.get("form") == "years" or behind or until and lead is not None and lead.search(before) is not None


def _put_off(scene: Scene, occasion: Occasion, dates: list[Span]) -> list[Span]:
    """The day to which Kazakh puts an occasion off, the last one in the dative: `12 маусымға жоспарланған … 6 қарашаға ауыстырылды`."""
    if status_of(scene, occasion.sentence.start, occasion.sentence.end) != "postponed":
        return []
    return [d for d in dates if d.start > occasion.sentence.start and scene.document.case(d.start, d.end) == "Dat"][-1:]


def _owned(scene: Scene, dates: list[Span], occasion: Occasion) -> list[Span]:
    """The dates that are an occasion's own: Kazakh dates what follows, so a date is that of the first words behind it that open one."""
    opening = openings(scene, occasion.sentence)
    hits = opening if any(h.start == occasion.trigger.start for h in opening) else [occasion.trigger]

    def owner(date: Span) -> Hit:
        return min((h for h in hits if h.end > date.start), key=lambda h: h.start, default=hits[-1])

    own = [d for d in dates if owner(d).start == occasion.trigger.start]
    head = [d for d in dates if len(d.name) == DAY and all(d.end <= h.start for h in hits)]
    return own or head


def _day_before_it(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> str | None:
    """The day that a Kazakh occasion without a date of its own takes from the one before it."""
    planned = status_told(scene, occasion) == "planned"
    alike = [o for o in earlier if (o.status == "planned") == planned and not o.told and len(o.start or "") == DAY]
    return None if planned and not alike else _repeated(scene, occasion, alike)


def _repeated(scene: Scene, occasion: Occasion, dated: list[Occasion]) -> str | None:
    """The day of the last occasion, or the day after it where Kazakh says so: `ертеңіне`, `келесі күні`."""
    sentence, last = occasion.sentence, dated[-1] if dated else None
    here = scene.document.text.rfind("\n", 0, sentence.start) + 1
    other = next(
        (s for s in reversed(scene.within(max(here, last.sentence.end if last else 0), sentence.start)) if _is_news(scene, s)), None
    )
    start = other.name if other else last.start if last else _day_stated(scene, sentence)
    if start is None:
        return None
    for cue, days in _COUNTED.items():
        if scene.has_cue(cue, sentence):
            return (dt.date.fromisoformat(start) + dt.timedelta(days)).isoformat()
    if scene.has_cue("last-day", sentence):
        return next((o.end for o in reversed(dated) if o.end), None)
    if other is not None:
        return start
    if last is None:
        return start if scene.has_cue("same-day", sentence) or scene.has_cue("several-meetings", _lead(scene)) else None
    return start if _goes_on(scene, occasion, last) or scene.has_cue("several-meetings", _lead(scene)) else None


def _lead(scene: Scene) -> Sentence:
    """The first sentence of the body."""
    return scene.document.body[0]


def _day_stated(scene: Scene, sentence: Sentence) -> str | None:
    """The last day that a text states before a sentence, if it has come."""
    today = scene.document.release.reported_on or ""
    days = [s.name for s in scene.within(0, sentence.start) if s.kind == "Date" and len(s.name) == DAY and s.name <= today[:DAY]]
    return days[-1] if days else None


def _goes_on(scene: Scene, occasion: Occasion, last: Occasion) -> bool:
    """Do the words of an occasion, or its paragraph, say that it belongs to the one before it?"""
    sentence = occasion.sentence
    return scene.has_cue("same-day", sentence) or last.sentence.paragraph == sentence.paragraph or scene.has_cue("result", sentence)
