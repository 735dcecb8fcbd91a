"""The spaCy component `en_morph`: lemma and part of speech of every English word, and the time and mood of verbs."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import lemminflect
from spacy.language import Language
from spacy.tokens import Doc, Token

from elshi import resource
from elshi.ingest.languages.en.verbs import verb_features

__all__ = ["NAME", "en_morph", "is_word"]

#: The name of the pipeline component.
NAME: Final = "en_morph"
_BEFORE_VERB: Final = frozenset("to will would shall should can could may might must not n't 'll".split())
_BE: Final = frozenset("be am is are was were been being 's 're 'm".split())
_HAVE: Final = frozenset("have has had having 've".split())
_AUXILIARIES: Final = {"did": "do", "does": "do", "'ll": "will", "'d": "would"}


@Language.component(NAME, assigns=["token.lemma", "token.pos", "token.morph"])
def en_morph(doc: Doc) -> Doc:
    """Set lemma, part of speech and morphology of every token."""
    for token in doc:
        token.pos_ = _part_of_speech(token)
        token.lemma_ = _lemma(token.text, token.pos_)
    for sentence in doc.sents:
        words = list(sentence)
        for i, token in enumerate(words):
            if token.pos_ == "VERB":
                token.set_morph(verb_features(token.lower_, token.lemma_, [t.lower_ for t in words[max(0, i - 6) : i]]))  # type: ignore[attr-defined]  # missing from the stubs
            elif token.pos_ == "NOUN":
                token.set_morph("Number=Plur" if token.lower_ != token.lemma_ else "Number=Sing")  # type: ignore[attr-defined]  # missing from the stubs
    return doc


@lru_cache(maxsize=1)
def _function_words() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in resource("data/lexicons/en/function_words.tsv").read_text("utf-8").splitlines():
        if not row.startswith("#"):
            pos, words = row.split("\t")
            for word in words.split():
                found.setdefault(word, pos)
    return found


@lru_cache(maxsize=50_000)
def _lemmas(word: str) -> dict[str, str]:
    """The lemmas a lower-case word may have, by part of speech."""
    return {pos: forms[0] for pos, forms in lemminflect.getAllLemmas(word).items() if forms}


def is_word(text: str) -> bool:
    """Return whether the dictionary knows a word, whatever its capitals: most names of persons and companies it does not.

    >>> is_word("Welfare"), is_word("Vestas")
    (True, False)
    """
    return bool(_lemmas(text.lower())) or text.lower() in _function_words()


def _lemma(text: str, pos: str) -> str:
    if pos == "PROPN":
        return text
    word = text.lower()
    if pos == "AUX":
        return "be" if word in _BE else "have" if word in _HAVE else _AUXILIARIES.get(word, word)
    return _lemmas(word).get(pos, word)


def _part_of_speech(token: Token) -> str:
    word, before = token.lower_, token.nbor(-1) if token.i else None
    if token.is_space:
        return "SPACE"
    if token.is_punct or not any(c.isalnum() for c in word) and word != "'s":
        return "PUNCT"
    if (word in ("'s", "’s", "'", "’")) and before is not None and not before.is_space:
        return "PART"
    if token.like_num:
        return "NUM"
    if closed := _function_words().get(word):
        return closed
    if token.text[:1].isupper() and (token.text[1:].lower() != token.text[1:] or not token.is_sent_start):
        return "PROPN"
    return _open_class(token, word, before)


def _open_class(token: Token, word: str, before: Token | None) -> str:
    """Noun, verb, adjective or adverb, by what the dictionary allows and the word before suggests."""
    options = _lemmas(word)
    if not options:
        return "PROPN" if token.text[:1].isupper() else "ADV" if word.endswith("ly") else "NOUN"
    if len(options) == 1:
        return next(iter(options))
    if before is None or before.is_space or before.is_punct or before.pos_ == "CCONJ" and word.endswith("ed"):
        return _first(options, "VERB", "NOUN", "ADJ") if word.endswith(("ing", "ed")) else _first(options, "NOUN", "ADJ", "VERB")
    if before.lower_ in _BEFORE_VERB or before.lower_ in _HAVE:
        return _first(options, "VERB", "NOUN")
    if before.lower_ in _BE or before.pos_ == "ADV":
        inflected = word.endswith(("ing", "ed", "en", "ld")) or options.get("VERB") != word
        return _first(options, "VERB", "ADJ", "NOUN") if inflected else _first(options, "ADJ", "NOUN")
    if before.pos_ in ("DET", "ADJ", "NUM", "ADP") or before.lower_ in ("'s", "’s"):
        return _first(options, "ADJ", "NOUN") if _is_modifier(token) else _first(options, "NOUN", "ADJ", "VERB")
    if before.pos_ in ("NOUN", "PROPN", "PRON"):
        return _first(options, "VERB", "NOUN") if options.get("VERB", word) != word else _first(options, "NOUN", "VERB", "ADJ")
    return _first(options, "NOUN", "ADJ", "VERB", "ADV")


def _first(options: dict[str, str], *wanted: str) -> str:
    return next((pos for pos in wanted if pos in options), next(iter(options)))


def _is_modifier(token: Token) -> bool:
    """Does a noun seem to follow?"""
    rest = token.doc[token.i + 1 : token.i + 2]
    return any(t.is_alpha and "NOUN" in _lemmas(t.lower_) and t.lower_ not in _function_words() for t in rest)
