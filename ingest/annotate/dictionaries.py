"""What the dictionary of one language says of a word: loaded with that language's grammar, and so only where it is read."""

from __future__ import annotations

__all__ = ["is_english_word", "may_be_russian_form"]


def is_english_word(text: str) -> bool:
    """Return whether the dictionary of English knows a word, whatever its capitals."""
    from elshi.ingest.languages.en.morphology import is_word

    return is_word(text)


def may_be_russian_form(word: str, name: str) -> bool:
    """Return whether a word may be a case of the Russian name of a place."""
    from elshi.ingest.languages.ru.places import may_be_form

    return may_be_form(word, name)
