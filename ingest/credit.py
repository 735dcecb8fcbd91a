"""Whom a release credits in its text (a press service, an agency), by the patterns in data/lexicons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from elshi import resource
from elshi.ingest.model import Lang

__all__ = ["Pattern", "credited", "patterns"]

#: How far into the body the weaker patterns are believed: further down they credit a figure, not the release.
LEAD = 900


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of crediting a source: where in the body it counts, how it reads, and the source in the nominative."""

    lead_only: bool
    expression: re.Pattern[str]
    template: str

    def source(self, body: str) -> str | None:
        """The source that a body credits in this way."""
        match = self.expression.search(body[:LEAD] if self.lead_only else body)
        return " ".join(self.template.format(source=match["source"]).split()).strip(" –—-") if match else None


def credited(body: str, lang: Lang) -> str | None:
    """Return whom a release's body credits, in the nominative, or None; who gave a picture is not credited with the text.

    >>> credited("Елші кездесу өткізді, деп хабарлайды Сыртқы істер министрлігінің баспасөз қызметінен.", "kk")
    'Сыртқы істер министрлігінің баспасөз қызметі'
    """
    return next((source for source in (pattern.source(body) for pattern in patterns(lang)) if source), None)


@cache
def patterns(lang: Lang) -> tuple[Pattern, ...]:
    """The patterns of one language, in the order they are tried."""
    rows = resource(f"data/lexicons/{lang}/credits.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_pattern(*row.split("\t")) for row in rows if row)


def _pattern(where: str, expression: str, template: str) -> Pattern:
    return Pattern(where == "lead", re.compile(expression, re.MULTILINE), template)
