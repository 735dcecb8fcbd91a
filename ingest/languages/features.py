"""One grammatical feature of a token, in any of the three languages."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import MorphAnalysis, Token

__all__ = ["feature"]


def feature(token: Token, name: str) -> str:
    """Return the value of a feature (`Case`, `Number`, `VerbForm`), "" for a token that has none of the name."""
    return _features(token.morph).get(name, "")


@lru_cache(maxsize=5_000)  # to ask an analysis itself takes six times as long
def _features(morph: MorphAnalysis) -> dict[str, str]:
    return morph.to_dict()
