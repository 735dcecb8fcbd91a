"""The day of an occasion: the date beside its words, that of the occasion before it, that of the paragraph's head."""

from __future__ import annotations

import datetime as dt
from typing import Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.occasions import DAY, Occasion, openings, status_of, told_from
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.scene import Scene

__all__ = ["set_date"]

#: By how many letters a month must be nearer to an occasion than a day to date it.
_CLEARLY: Final = 25


def set_date(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> None:
    """The date beside the trigger; `сол күні` repeats the last one; else the day of the paragraph's first occasion."""
    start = told_from(scene, occasion.sentence, occasion.trigger.start) or occasion.sentence.start
    dates = [s for s in scene.within(start, occasion.sentence.end) if s.kind == "Date" and not _is_term(scene, s)]
    if scene.document.lang == "kk":
        dates = _put_off(scene, occasion, dates) or _owned(scene, dates, occasion)
    dates = [d for d in dates if len(d.name) == DAY or _is_nearest(scene, d, occasion)]
    days = [d for d in dates if len(d.name) == DAY]
    months = [d for d in dates if len(d.name) == 7 or d.get("form") == "relative"]
    years = [d for d in dates if len(d.name) == 4 and abs(d.start - occasion.trigger.start) < 60]
    ranked = [min(choice, key=lambda d: _gap(d, occasion.trigger)) for choice in (days, months, years) if choice]
    if ranked:
        nearer = [d for d in ranked[1:] if _gap(d, occasion.trigger) + _CLEARLY < _gap(ranked[0], occasion.trigger)]
        chosen = (nearer or ranked)[0]
        occasion.start, occasion.end = chosen.name, chosen.get("end")
        return
    heading = _heading_day(scene, occasion.sentence)
    if heading is not None:
        occasion.start, occasion.end = heading.name, heading.get("end")
        return
    occasion.start = _day_before_it(scene, occasion, earlier)


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
    """The day that an occasion without a date of its own takes from the one before it."""
    dated = [o for o in earlier if o.start]
    planned = status_of(scene, occasion.sentence.start, occasion.sentence.end) == "planned"
    if scene.document.lang == "kk":
        alike = [o for o in dated if (o.status == "planned") == planned and not o.told and len(o.start or "") == DAY]
        return None if planned and not alike else _repeated(scene, occasion, alike)
    last = next((o for o in reversed(dated) if planned or o.status != "planned"), None)
    if last is not None and _goes_on(scene, occasion, last) and len(last.start or "") == DAY:
        return last.start
    return None


def _repeated(scene: Scene, occasion: Occasion, dated: list[Occasion]) -> str | None:
    """The day of the last occasion, or the day after it where Kazakh says so: `ертеңіне`, `келесі күні`."""
    sentence, last = occasion.sentence, dated[-1] if dated else None
    start = last.start if last else _day_stated(scene, sentence)
    if start is None:
        return None
    if scene.has_cue("next-day", sentence):
        return (dt.date.fromisoformat(start) + dt.timedelta(1)).isoformat()
    if scene.has_cue("last-day", sentence):
        return next((o.end for o in reversed(dated) if o.end), None)
    if last is None:
        return start if scene.has_cue("same-day", sentence) or scene.has_cue("programme", _lead(scene)) else None
    return start if _goes_on(scene, occasion, last) or scene.has_cue("programme", _lead(scene)) else None


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


def _is_nearest(scene: Scene, date: Span, occasion: Occasion) -> bool:
    """Of several occasions in a sentence a month or year dates the one beside it."""
    others = [h for h in openings(scene, occasion.sentence) if h.key != occasion.kind]
    gap = min(abs(date.start - occasion.trigger.end), abs(occasion.trigger.start - date.end))
    return all(min(abs(date.start - h.end), abs(h.start - date.end)) >= gap for h in others)


def _is_term(scene: Scene, date: Span) -> bool:
    """`2026-2028 жылдарға арналған`: the term of a plan, not the day of an occasion."""
    return date.get("form") in {"years"}
