"""The spaCy component `ru_morph`: lemma, part of speech and features of every Russian word, as its sentence and document mean it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from elshi.ingest.languages.given import gender_of
from elshi.ingest.languages.ru.context import Evidence, best_readings
from elshi.ingest.languages.ru.readings import Reading, readings

__all__ = ["name_evidence", "ru_morph"]

#: Key of `Doc.user_data` under which the document's names lie: nominative -> how many of its forms occur.
FORMS = "elshi_ru_forms"


@Language.component("ru_morph", assigns=["token.lemma", "token.pos", "token.morph"])
def ru_morph(doc: Doc) -> Doc:
    """Set lemma, part of speech and morphology of every token."""
    doc.user_data[FORMS] = _forms({t.text for t in doc if t.text[:1].isupper() and not t.is_upper})
    evidence = name_evidence(doc)
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        for token, reading in zip(tokens, best_readings([t.text for t in tokens], evidence), strict=True):
            token.lemma_ = reading.lemma
            token.pos_ = "PUNCT" if token.is_punct else reading.pos
            token.set_morph(reading.morph)  # type: ignore[attr-defined]  # missing from the stub  # type: ignore[attr-defined]  # missing from the stubs
    return doc


def name_evidence(doc: Doc) -> Evidence:
    """Return what a document says of its names: the nominative that explains most of the forms seen is believed."""
    forms: dict[str, int] = doc.user_data.get(FORMS, {})

    def evidence(word: str, reading: Reading) -> float:
        if not reading.name or not word[:1].isupper():
            return 0.0
        bonus = min(1.6, 0.8 * (forms.get(reading.base, 1) - 1))
        if gender := gender_of(reading.base, "ru"):
            bonus += 1.2 if reading.gender in ("", gender) else -2.0
        return bonus

    return evidence


def _forms(words: Iterable[str]) -> dict[str, int]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        for reading in readings(word):
            if reading.name and reading.score > -4.0:
                found[reading.base].add(word)
    return {base: len(forms) for base, forms in found.items() if len(forms) > 1}
