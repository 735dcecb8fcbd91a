"""English words, the time of verbs, and names without their endings."""

from __future__ import annotations

import pytest
from spacy.language import Language

from elshi.ingest.languages.en import key, make_nlp, nominative


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_nlp()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Anne-Sophie Nyssen's visit", ["Anne-Sophie", "Nyssen", "'s", "visit"]),
        ("Mr. Ndung'u in Xi'an’s office", ["Mr.", "Ndung'u", "in", "Xi'an", "’s", "office"]),
        ("the Astana–Tokyo flight", ["the", "Astana", "–", "Tokyo", "flight"]),
        ("K.Belmont of the U.S. team", ["K.", "Belmont", "of", "the", "U.S.", "team"]),
    ],
)
def test_names_stay_whole_and_possessives_stand_alone(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [t.text for t in nlp(text)] == tokens


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the European Commission's", "European Commission"),
        ("The University of Liège", "University of Liège"),
        ("Xi'an’s", "Xi'an"),
        ("Grace Wanjiru Ndung'u", "Grace Wanjiru Ndung'u"),
        ("Republic of Korea's", "Republic of Korea"),
    ],
)
def test_a_name_loses_article_and_possessive(nlp: Language, text: str, name: str) -> None:
    assert nominative(nlp(text)[:]) == name


@pytest.mark.parametrize(
    ("text", "lemma", "features"),
    [
        ("The forum was held in May.", "hold", {"Tense": "Past", "Voice": "Pass"}),
        ("The forum will be held in May.", "hold", {"Tense": "Fut", "Voice": "Pass"}),
        ("The forum is expected to be held in May.", "hold", {"Tense": "Fut", "Voice": "Pass"}),
        ("The sides have signed a memorandum.", "sign", {"Tense": "Past", "Aspect": "Perf"}),
        ("They may open a centre.", "open", {"Mood": "Pot"}),
        ("The Ambassador met the Minister.", "meet", {"Tense": "Past", "Voice": "Act"}),
        ("The parties agreed to launch a flight.", "launch", {"Tense": "Fut"}),
        ("They are discussing a treaty.", "discuss", {"Tense": "Pres", "Aspect": "Prog"}),
    ],
)
def test_auxiliaries_tell_the_time_of_a_verb(nlp: Language, text: str, lemma: str, features: dict[str, str]) -> None:
    verb = next(t for t in nlp(text) if t.lemma_ == lemma and t.pos_ == "VERB")
    assert features.items() <= verb.morph.to_dict().items()


def test_articles_accents_and_possessives_do_not_change_the_key(nlp: Language) -> None:
    assert key(nlp("the University of Liège's")[:]) == key(nlp("University of Liege")[:])
