"""Which of the three languages a text is in, or a refusal that names the likeliest other one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from elshi.ingest.decode import Unreadable
from elshi.ingest.model import Lang

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["LANGUAGES", "language"]

#: What Elshi reads, as BCP 47.
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
#: Letters of the Kazakh Cyrillic alphabet that Russian lacks; ғ, қ and ұ together with the others are found in no neighbour's alphabet.
KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
KAZAKH_ONLY = re.compile(r"[ғқұ]", re.IGNORECASE)
#: Letters that neither Kazakh nor Russian has: Bashkir, Tatar, Tajik, Uzbek, Ukrainian, Belarusian, Serbian, Macedonian.
FOREIGN = re.compile(r"[ҡҙҫҳўҷӣӯїєґҝљњђћџјѓќӝӟҗ]", re.IGNORECASE)
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
#: How many words a text needs before another language may be named for it; shorter ones are only told apart among the three.
ENOUGH = 6
#: How sure the identifier must be of other languages to refuse a text.
SURE = 0.8
#: How much of a text is looked at.
LOOKED_AT = 20_000


def language(text: str, declared: str | None = None) -> Lang:
    """Return the language of a text; what the source declares is believed unless the script contradicts it.

    Raises Unreadable for a text in another language or script.

    >>> language("Елші университет ректорымен кездесу өткізді.")
    'kk'
    """
    sample = text[:LOOKED_AT]
    script = _script(sample)
    if declared:
        return _declared(declared, script)
    if script == "Cyrillic" and _kazakh(sample):
        return "kk"
    ranked = _identifier().rank(sample)
    scores = {str(code): float(probability) for code, probability in ranked}
    other = 1.0 - sum(scores[lang] for lang in LANGUAGES)
    if other >= SURE and len(sample.split()) >= ENOUGH:
        raise Unreadable(f"in another language than Kazakh, Russian or English ({_guess(str(ranked[0][0]), script)})")
    fits: tuple[Lang, ...] = ("en",) if script == "Latin" else ("kk", "ru")
    return max(fits, key=scores.__getitem__)


def _declared(declared: str, script: str) -> Lang:
    base = declared.lower().split("-")[0]
    for lang in LANGUAGES:
        if base == lang:
            if script != ("Latin" if lang == "en" else "Cyrillic"):
                raise Unreadable(f"declared as {declared}, but written in {script} letters")
            return lang
    raise Unreadable(f"declared as {declared}: Elshi reads kk, ru and en")


def _script(sample: str) -> str:
    """The script of most letters; raises Unreadable when it is one Elshi does not read."""
    letters = sum(1 for char in sample if char.isalpha())
    if not letters:
        raise Unreadable("no words in it")
    counts = {"Cyrillic": len(CYRILLIC.findall(sample)), "Latin": len(LATIN.findall(sample))}
    if sum(counts.values()) < 0.7 * letters:
        raise Unreadable("in a script that is neither Cyrillic nor Latin: Elshi reads Kazakh, Russian and English")
    return max(counts, key=counts.__getitem__)


def _kazakh(sample: str) -> bool:
    """Whether a Cyrillic text is Kazakh by its letters alone."""
    letters = len(CYRILLIC.findall(sample))
    if len(FOREIGN.findall(sample)) > 0.005 * letters:
        return False
    return len(KAZAKH.findall(sample)) >= 0.05 * letters and bool(KAZAKH_ONLY.search(sample))


def _guess(best: str, script: str) -> str:
    if script == "Latin" and best in {"az", "crh", "tk", "tr", "tt", "uz"}:
        return f"nearest to {best}; Kazakh in Latin letters is not read"
    return f"nearest to {best}"


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
