"""What English alone says of an office: verbs that give one, links between a name and its office, brackets that tell the state."""

from __future__ import annotations

import re
from typing import Final

from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.qualifiers import qualifiers
from elshi.ingest.authorities import Book

__all__ = ["is_verbal", "links_to_office", "post_nominal", "state_of_pair", "without_idle_verbs"]

_PASSIVE: Final = re.compile(r"(?:headed|led|run|directed|chaired) by$")
#: What makes a body before the verb another's: `a delegation of | the Senate headed by`.
_OF_ANOTHER: Final = re.compile(r"\b(?:of|from|by|with|for|at|to|in|between|and)[ \u00a0](?:the )?$")
_VERBAL: Final = re.compile(r"(?:who (?:also |now |currently )?)?(?:heads|leads|runs|directs|oversees|chairs)$")
#: What leads from a name to the verb.
_SUBJECT: Final = re.compile(r",? (?:(?:also|now|currently) )?")
#: A copula, or an apposition that a common noun owns: `is the`, `, the institute's`.
_IS: Final = re.compile(
    r"(?:,? who)? (?:is|has been|serves as|acts as|works as)(?: now| also| currently| himself| herself)?(?: the| an?| its| their)? "
    r"|, (?:the|its|their) (?:[a-z-]+ ){0,2}[a-z-]+['’]s (?:new |first |acting |honorary )?"
)
#: An office that English writes behind the name without a comma.
_POST_NOMINAL: Final = re.compile(r"m\.?e?p\.?")


def is_verbal(document: Document, office: Span) -> bool:
    """Is an office told by a verb, `who heads`, which gives none without the body that it governs?"""
    return document.lang == "en" and any(p.match(document.folded, office.start, office.end) for p in (_VERBAL, _PASSIVE))


def state_of_pair(words: list[str], book: Book) -> str | None:
    """The country whose adjective two words are, made by an n: `South African`, `Saudi Arabian`, `Costa Rican`."""
    if len(words) != 2 or not words[0][:1].isupper() or not words[1].endswith("an"):
        return None
    named = book.named(" ".join(words)[:-1], "en", kinds={"Country"})
    return named[0].country or named[0].id.partition(":")[2] if named else None


def without_idle_verbs(document: Document, spans: list[Span]) -> list[Span]:
    """The spans without verbs that govern no body, `who runs | courses`, and so give no office."""
    idle = (s for s in spans if s.kind == "Office" and s.name != "committee-chair" and is_verbal(document, s))
    dropped = {s for s in idle if not any(o.kind not in PLACES and _is_governed(document, s, o) for o in qualifiers(document, s, spans))}
    return [s for s in spans if s not in dropped]


def _is_governed(document: Document, verb: Span, body: Span) -> bool:
    """Does a verb stand before the body that it governs, or behind it in the passive: `the institute is headed by …`?"""
    if body.start > verb.start or _PASSIVE.search(document.folded, verb.start, verb.end) is None:
        return body.start > verb.start
    return document.text[verb.start - 1] == " " and _OF_ANOTHER.search(document.folded, 0, body.start) is None


def links_to_office(document: Document, start: int, owner: int | None, office: Span) -> bool:
    """Do the words from a name on give its bearer the office, or one of the `owner` before it: ` is the director`, ` is Iraq's …`, ` heads`?"""
    if document.lang != "en":
        return False
    between = document.folded[start : office.start if owner is None else owner]
    return (_SUBJECT if is_verbal(document, office) else _IS).fullmatch(between) is not None


def post_nominal(document: Document, person: Span, office: Span) -> bool:
    """Does an office stand right behind a name as its letters: `Johan Ekberg MP`?"""
    return (
        document.lang == "en"
        and office.start - person.end == 1
        and document.text[office.start].isupper()
        and _POST_NOMINAL.fullmatch(document.folded, office.start, office.end) is not None
    )
