"""What English alone says of an office: verbs that give one, links between a name and its office, brackets that tell the state."""

from __future__ import annotations

import re
from typing import Final

from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.qualifiers import qualifiers

__all__ = ["is_verbal", "links_to_office", "post_nominal", "without_idle_verbs"]

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
    return document.lang == "en" and _VERBAL.fullmatch(document.folded, office.start, office.end) is not None


def without_idle_verbs(document: Document, spans: list[Span]) -> list[Span]:
    """The spans without verbs that govern no body, `who runs | courses`, and so give no office."""
    idle = (s for s in spans if s.kind == "Office" and s.name != "committee-chair" and is_verbal(document, s))
    dropped = {s for s in idle if not any(o.start > s.start and o.kind not in PLACES for o in qualifiers(document, s, spans))}
    return [s for s in spans if s not in dropped]


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
