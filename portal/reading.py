"""A Reading for the eye: a table of its facts, a page with its mentions highlighted, the rules that fired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from elshi.ingest.model import Entity, Mention, Reading

__all__ = ["explained", "facts_of", "page", "table"]

_STYLE = """body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
mark{padding:0 .15em;border-radius:.2em;background:#e8eef7}mark.Person{background:#ffe7b3}mark.Country,mark.City,mark.Region{background:#cfeccf}
mark.University,mark.Ministry,mark.Organization,mark.InternationalOrganization,mark.Company{background:#cfe3ff}mark.Date{background:#eadcff}
article{white-space:pre-wrap}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc}
q{color:#444}caption{text-align:left;font-weight:600;padding:.5rem 0}"""


def facts_of(reading: Reading) -> Iterator[tuple[str, str, float, Mention]]:
    """Yield (kind, what it says, confidence, the words that say it) of every fact, names for keys."""
    names = {e.key: e.name for e in reading.entities}

    def said(*parts: str | None) -> str:
        return " · ".join(names.get(p, p) for p in parts if p)

    for p in reading.positions:
        yield "Position", said(p.person, p.role, p.organization, p.represents and f"for {names.get(p.represents, p.represents)}",
                               p.accredited_to and f"to {names.get(p.accredited_to, p.accredited_to)}"), p.confidence, p.evidence[0]  # fmt: skip
    for e in reading.events:
        who = ", ".join(names.get(k, k) for k in e.participants)
        yield e.kind, said(e.start, e.place, e.status if e.status != "held" else None, who), e.confidence, e.evidence[0]
    for a in reading.agreements:
        yield "Agreement", said(a.commitment, ", ".join(names.get(k, k) for k in a.parties), a.signed_on), a.confidence, a.evidence[0]
    for c in reading.cooperations:
        yield "Cooperation", said(c.commitment, ", ".join(names.get(k, k) for k in c.parties), ", ".join(c.topics)), c.confidence, c.evidence[0]
    for s in reading.statistics:
        value = ("≈" if s.approximate else "") + s.value + (f" {s.unit}" if s.unit else "")
        yield "Statistic", said(s.about, s.measure, value, s.from_country, s.as_of), s.confidence, s.evidence[0]
    for d in reading.dates:
        yield "Date", d.value, d.confidence, d.evidence[0]
    for t in reading.subjects:
        yield "Topic", t.topic, t.confidence, t.evidence[0]


def table(reading: Reading) -> str:
    """The facts of a reading as lines of text, each with the words that say it."""
    lines = [f"{reading.release.source_name}  [{reading.release.lang}]  {reading.release.title}"]
    lines += [f"  {e.kind:<26} {e.name}  <{e.key}>" for e in reading.entities]
    lines += [f"  {kind:<12} {what}  ({confidence:.2f})\n      «{mention.text[:160]}»" for kind, what, confidence, mention in facts_of(reading)]
    return "\n".join(lines) + "\n\n"


def explained(reading: Reading) -> str:
    """Which rule or model found each thing, why it was linked so, and how often each rule fired."""
    lines = [f"{reading.release.source_name}"]
    for entity in reading.entities:
        found = ", ".join(sorted({m.by for m in entity.mentions if m.by})) or "a fact needs it"
        lines.append(f"  {entity.name}: found by {found}; linked to {entity.key}: {entity.why or 'its name'}")
        lines += [f"    perhaps {c.iri} ({c.score:.2f}): {c.reason}" for c in entity.candidates]
    fired = Counter(m.by for e in reading.entities for m in e.mentions if m.by)
    fired.update(mention.by for _, _, _, mention in facts_of(reading) if mention.by)
    return "\n".join([*lines, *(f"  {rule}: {n}" for rule, n in fired.most_common())]) + "\n"


def page(readings: Iterable[Reading]) -> str:
    """One self-contained HTML page of readings."""
    body = "\n".join(map(_section, readings))
    return f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Elshi: what was read</title><style>{_STYLE}</style></head>\n<body><main>{body}</main></body></html>\n'


def _section(reading: Reading) -> str:
    release = reading.release
    rows = "".join(
        f'<tr><td>{escape(kind)}</td><td>{escape(what)}</td><td>{confidence:.2f}</td><td><q lang="{release.lang}">{escape(mention.text)}</q></td>'
        f"<td>{escape(mention.by)}</td></tr>"
        for kind, what, confidence, mention in facts_of(reading)
    )
    return (
        f'<section><h1 lang="{release.lang}">{escape(release.title)}</h1><p>{escape(release.source_name)}</p>'
        f'<article lang="{release.lang}">{_marked(reading)}</article>'
        f"<table><caption>Facts</caption><thead><tr><th>Kind</th><th>What</th><th>Confidence</th><th>Words</th><th>Found by</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _marked(reading: Reading) -> str:
    """The text with a mark around every mention of an entity or a date; where two overlap, the first and longer one."""
    text, out, at = reading.release.text, [], 0
    spans: list[tuple[Mention, Entity | None]] = [(m, e) for e in reading.entities for m in e.mentions]
    spans += [(m, None) for d in reading.dates for m in d.evidence]
    for mention, entity in sorted(spans, key=lambda s: (s[0].start, -s[0].end)):
        if mention.start < at:
            continue
        kind = entity.kind if entity else "Date"
        why = f"{kind}: {entity.name} ({entity.key}); {mention.by}; {entity.why}" if entity else f"Date; {mention.by}"
        out += [escape(text[at : mention.start]), f'<mark class="{kind}" title="{escape(why, quote=True)}">', escape(mention.text), "</mark>"]
        at = mention.end
    return "".join([*out, escape(text[at:])])
