"""Names of persons by a trained recogniser: spaCy models of data/models."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from spacy.pipeline import EntityRecognizer
from spacy.util import load_config, load_meta, registry
from spacy.vocab import Vocab

from elshi import resource
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.model import Tagged

__all__ = ["Recogniser", "load_recogniser"]

#: What no person's name has: figures, words all in capitals, and, in Cyrillic text, none but Latin letters.
_NO_PERSON: Final = (re.compile(r"\d|\b[^\W\d_a-zа-я]{3,}\b(?!\.)|^[A-Za-zÀ-ɏ .-]+$"), re.compile(r"\d"))


class Recogniser:
    """One language's name model; it reads tokens, sentences and morphology as the document has them already."""

    def __init__(self, ner: EntityRecognizer, models: tuple[Tagged, ...]) -> None:
        self._ner, self.models = ner, models

    def names(self, document: Document) -> list[Span]:
        """Persons, and what else it takes for a name, which shows where a person's name ends: bodies and places are surer by rule."""
        by = "{}/{}".format(*self.models[0])
        return [
            Span(e.start_char, e.end_char, "Person", document.nominative(e.start_char, e.end_char, person=True), score=0.8, by=by)
            if e.label_ == "PERSON" else Span(e.start_char, e.end_char, e.label_, by=by)
            for e in self._ner(document.doc.copy()).ents
            if e.label_ != "PERSON" or (_is_person(e.text, document.lang) and not document.in_title(e.start_char, e.end_char))
            if document.lang != "en" or not document.sentence_at(e.start_char).is_title  # its headlines capitalise everything
        ]  # fmt: skip


def _is_person(text: str, lang: str) -> bool:
    return text[:1].isalnum() and "\n" not in text and not _NO_PERSON[lang == "en"].search(text) and kind_of_name(text, lang) is None


@lru_cache(maxsize=4)
def load_recogniser(lang: str, vocab: Vocab) -> Recogniser | None:
    """The recogniser shipped for a language, for documents of a vocabulary, or None.

    The component alone is loaded: the pipeline it was trained in would bring a tokenizer and a vocabulary that nothing uses.
    """
    folder = resource(f"data/models/{lang}_ner")
    if not folder.is_dir():
        return None
    found = load_config(Path(str(folder)) / "config.cfg")["components"]["ner"]
    ner = EntityRecognizer(vocab, registry.resolve({"model": found["model"]})["model"])
    ner.from_disk(Path(str(folder)) / "ner", exclude=["vocab"])
    return Recogniser(ner, ((f"{lang}_ner", str(load_meta(Path(str(folder)) / "meta.json")["version"])),))
