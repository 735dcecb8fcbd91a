"""Russian words in their sentences, and names back in the nominative."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Span

from elshi.ingest.languages.ru import key, make_nlp, nominative

TABLE = Path(__file__).with_name("russian_names.tsv")
#: Names the rules get wrong, with the reason.
KNOWN_FAILURES = {
    "Сесилия Мартинес Ариас": "surnames that the dictionary holds for men's given names",
    "Милан Новотный": "the given name is a city's name first of all",
    "Папуа – Новая Гвинея": "a name in two parts, of which the first does not change",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_nlp()


def bracketed(nlp: Language, drawn: str) -> Span:
    """The span in square brackets, within its sentence."""
    start, end = drawn.index("["), drawn.index("]") - 1
    span = nlp(drawn.replace("[", "").replace("]", "")).char_span(start, end, alignment_mode="expand")
    assert span is not None
    return span


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [(drawn, name) for drawn, name in (line.split("\t") for line in lines if not line.startswith("#"))]


def test_the_table_of_names_is_large_and_holds_the_known_failures() -> None:
    assert len(rows()) >= 190
    assert KNOWN_FAILURES.keys() <= {name for _, name in rows()}


@pytest.mark.parametrize(("drawn", "name"), rows())
def test_a_name_in_any_case_goes_back_to_its_nominative(nlp: Language, drawn: str, name: str) -> None:
    if name in KNOWN_FAILURES:
        pytest.xfail(KNOWN_FAILURES[name])
    assert nominative(bracketed(nlp, drawn)) == name


def test_every_word_of_a_person_agrees_when_the_kind_is_told(nlp: Language) -> None:
    span = bracketed(nlp, "Состоялись переговоры с [Миланом Новотным].")
    assert nominative(span, kind="PERSON") == "Милан Новотный"


@pytest.mark.parametrize(
    ("drawn", "case"),
    [
        ("[Посол] Казахстана вручил грамоты Президенту.", "Nom"),
        ("Посол вручил грамоты [Президенту] Кении.", "Dat"),
        ("Посол Казахстана в Бельгии [Роман] Василенко выступил.", "Nom"),
        ("Он беседовал с [Министром] иностранных дел.", "Ins"),
        ("Визит [Министра] завершён.", "Gen"),
        ("Встреча прошла в [Астане].", "Loc"),
    ],
)
def test_the_sentence_decides_the_case(nlp: Language, drawn: str, case: str) -> None:
    assert bracketed(nlp, drawn)[0].morph.get("Case") == [case]


def test_two_forms_in_one_document_settle_an_unknown_name(nlp: Language) -> None:
    doc = nlp("Заявление Тамбве поддержали. Беседу вёл Оскар Мвелана. Коллеги спорили с Мвеланой. О Мвелане писали.")
    last = next(t for t in doc if t.text == "Мвелане")
    assert last.lemma_ == "мвелана"


def test_verbs_tell_their_tense_and_voice(nlp: Language) -> None:
    doc = nlp("Посол провёл встречу. Форум пройдёт в мае. Подписан меморандум.")
    assert [t.morph.get("Tense") for t in doc if t.lemma_ in ("провести", "пройти")] == [["Past"], ["Fut"]]
    signed = next(t for t in doc if t.lemma_ == "подписать")
    assert (signed.morph.get("VerbForm"), signed.morph.get("Voice")) == (["Part"], ["Pass"])


def test_yo_is_e_in_lemmas_and_kept_in_names(nlp: Language) -> None:
    assert len({t.lemma_ for t in nlp("партнёров партнеров партнёрам партнерам")}) == 1
    assert nominative(bracketed(nlp, "Слова [Андреаса Кёлера].")) == "Андреас Кёлер"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Анн-Софи Ниссен – ректор.", ["Анн-Софи", "Ниссен", "–", "ректор", "."]),
        ("Казахстан–Бельгия", ["Казахстан", "–", "Бельгия"]),
        ("основан в 2008г. в Алматы", ["основан", "в", "2008г.", "в", "Алматы"]),
        ("По словам Р.Василенко", ["По", "словам", "Р.", "Василенко"]),
        ("COVID-19 и C5+1", ["COVID-19", "и", "C5+1"]),
    ],
)
def test_hyphens_join_and_dashes_part(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [t.text for t in nlp(text)] == tokens


def test_inflected_forms_of_a_name_share_one_key(nlp: Language) -> None:
    forms = ("Льежский университет", "Льежского университета", "Льежскому университету", "Льежским университетом")
    keys = [key(nlp(form)[:]) for form in forms]
    assert all(a == b for a, b in combinations(keys, 2))
