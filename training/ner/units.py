"""Figures told apart by their last word, as a corpus tells them apart: `он үш мың тонна` is a quantity, `жүз теңгеден` money."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from .labelled import Labelled

__all__ = ["by_units", "units_of"]

_FIGURES: Final = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENTAGE"})
#: How often a word must end figures of one label to be its unit, and how many of all figures that it ends.
_OFTEN, _MOSTLY = 2, 0.8
#: Words that may stand between a number and its unit: `жетпіс төрт мың | текше | метр`.
_BETWEEN: Final = 2


def units_of(sentences: Iterable[Labelled], nlp: Language) -> dict[str, str]:
    """Return the lemmas that end figures other than plain numbers, with the label of those figures."""
    ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
    texts = list(sentences)
    for sentence, doc in zip(texts, nlp.pipe(one.text for one in texts), strict=True):
        for start, end, label in sentence.spans:
            tokens = doc.char_span(start, end) if label in _FIGURES else None
            if tokens is not None and not (tokens[-1].like_num or tokens[-1].pos_ == "NUM"):
                ends[tokens[-1].lemma_][label] += 1
    best = {lemma: counts.most_common(1)[0] for lemma, counts in ends.items()}
    return {
        lemma: label
        for lemma, (label, count) in best.items()
        if label != "CARDINAL" and count >= _OFTEN and count / ends[lemma].total() >= _MOSTLY
    }


def by_units(doc: Doc, units: Mapping[str, str]) -> Doc:
    """Give figures the label of the unit they end in or stand before; one that stands before a unit takes it in."""
    found: list[Span] = []
    for span in doc.ents:
        if span.label_ not in _FIGURES:
            found.append(span)
            continue
        last = next((i for i in range(span.end - 1, min(span.end + _BETWEEN, len(doc))) if doc[i].lemma_ in units), None)
        if last is None or any(token.ent_type_ or token.is_punct for token in doc[span.end : last + 1]):
            found.append(span)
        else:
            found.append(Span(doc, span.start, last + 1, units[doc[last].lemma_]))
    doc.ents = tuple(found)
    return doc
