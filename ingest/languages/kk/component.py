"""The pipeline component that gives Kazakh tokens their lemma and morphology, and names their nominative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from elshi.ingest.languages.kk.morphology import Analysis, analyse, bare_suffix, evidence_of, readings

__all__ = ["NAME", "KazakhMorphology", "nominative"]

#: The name of the pipeline component.
NAME = "kk_morph"
#: Words after which the word before them is the verb of its clause.
_AFTER_CLAUSE = frozenset(("деп", "деді", "дейді", "деген", "деуде"))
_CLOSING = frozenset("»”\"’'")
#: Cases a person's name hardly ever stands in, so that Ёсида is not taken for Ёси with a locative.
_UNLIKE_PERSONS = frozenset(("Loc", "Abl", "Equ"))


@Language.factory(NAME, assigns=["token.lemma", "token.morph", "token.pos"])
def make_morphology(nlp: Language, name: str) -> KazakhMorphology:
    """Return the component for a pipeline."""
    return KazakhMorphology()


class KazakhMorphology:
    """Sets `lemma_`, `morph` and `pos_` of every token; adjectives count as nouns, which Kazakh suffixes do not tell apart."""

    def __call__(self, doc: Doc) -> Doc:
        tokens = list(doc)
        evidence = _evidence(tokens)
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
            found = _read(before, token, after, evidence)
            token.lemma_ = found.lemma
            token.pos_ = found.pos
            token.set_morph(found.features)  # type: ignore[attr-defined]  # missing from the stub
        return doc


def nominative(tokens: Span | Sequence[Token], *, kind: str | None = None) -> str:
    """Return a name as it stands in the nominative: all but the last word as written, the last without its case.

    Possessive and plural stay, as they belong to the name (`Льеж университетінің` gives `Льеж университеті`).
    Of a `PERSON`, endings that persons hardly ever take are left alone.
    """
    words = [token for token in tokens if not token.is_space]
    while words and not any(letter.isalnum() for letter in words[-1].text):
        words.pop()
    if len(words) > 1 and words[-2].text[-1:] in _CLOSING and bare_suffix(words[-1].text):
        words.pop()
        return "".join(token.text_with_ws for token in words).strip()
    if not words:
        return "".join(token.text_with_ws for token in tokens).strip()
    last = words[-1]
    if len(tokens) == 1:
        return _chosen(last, kind).nominative.strip()
    after = "".join(token.text_with_ws for token in tokens if token.i > last.i)
    before = "".join(token.text_with_ws for token in tokens if token.i < last.i)
    return f"{before}{_chosen(last, kind).nominative}{last.whitespace_ if after else ''}{after}".strip()


@lru_cache(maxsize=50_000)
def _given(form: str, lemma: str, features: str) -> Analysis:
    """The reading of a form that has a lemma and features."""
    found = readings(form)
    return next((one for one in found if one.lemma == lemma and one.features == features), found[0])


def _chosen(token: Token, kind: str | None) -> Analysis:
    """Return the reading that the component gave a token, or the next that suits the kind of name."""
    found, best = readings(token.text), _given(token.text, token.lemma_, str(token.morph))
    if kind == "PERSON" and not best.known and (best.case in _UNLIKE_PERSONS or best.attr) and not _stands_bare(token, best):
        return next((one for one in found if one.case not in _UNLIKE_PERSONS and not one.attr and not one.verb), best)
    if best.verb and token.text[:1].isupper():
        return next((one for one in found if not one.verb), best)
    return best


def _stands_bare(token: Token, found: Analysis) -> bool:
    """Does the document also have the name without the ending: `Виболдан`, then `С.Вибол`?"""
    return any(other.text == found.nominative or other.text.endswith(f".{found.nominative}") for other in token.doc)


def _read(before: Token | None, token: Token, after: Token | None, evidence: Counter[str]) -> Analysis:
    form = token.text
    if before is not None and not before.whitespace_ and before.text[-1:] in _CLOSING:
        if case := bare_suffix(form):
            return Analysis(form, form, "PART", case, cut=len(form))
    found = readings(form)
    if len(found) == 1:
        return found[0]
    return analyse(form, clause_end=_ends_clause(after), evidence=evidence, initial=bool(token.is_sent_start))


def _ends_clause(following: Token | None) -> bool:
    return following is None or following.is_punct or following.is_space or following.lower_ in _AFTER_CLAUSE


def _evidence(tokens: Sequence[Token]) -> Counter[str]:
    """Count the forms of the document's capitalised words that no list knows, by the stems they may have."""
    capitalised = {token.text for token in tokens if token.is_alpha and token.text[:1].isupper()}
    return evidence_of(form for form in capitalised if not readings(form)[0].known)
