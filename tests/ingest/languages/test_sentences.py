"""Where sentences end in press releases of the three languages; `|` marks the boundaries that must be found."""

import pytest

from elshi import ElshiError
from elshi.ingest.languages.kk import make_nlp
from elshi.ingest.languages.sentences import LONGEST_SENTENCE, abbreviations, split

KAZAKH = [
    "Тараптар кездесті.|Кездесуде екіжақты мәселелер талқыланды.",
    "Мемлекет басшысы Қ.К. Тоқаев сөз сөйледі.|Ол алғыс айтты.",
    "Елші Р. Василенко ректормен кездесті.|Елші Р.Василенко алғыс айтты.",
    "Дж. Мваура келді.|Дж.Мваура кетті.",
    "«Бұл – маңызды қадам. Біз дайынбыз», – деді министр.|Тараптар келісті.",
    "«Бұл мүмкін бе? Иә!» – деді ол.",
    "«Бірінші сөйлем.|Екінші сөйлем.»|Жиын аяқталды.",
    "Көлемі 4,2 млрд. АҚШ долларын құрады.|Бұл көп.",
    "Зауыт 2018 ж. 03 қаңтарда ашылды.|Ол жұмыс істейді.",
    "Оқиға 1991 ж. болды.",
    "Ғимарат XIX ғ. Түркістанда салынған.|Кейін жөнделді.",
    "Университет 1934 ж. Алматыда ашылды.|Ректор келді.",
    "Ара қашықтық 40 км.|Жол жөнделді.",
    "Нан, сүт, ет т.б. өнімдер сатылды.",
    "Кесте, орындық т.б.|Келесі мәселе қаралды.",
    "Жиын қ. Астана, Мәңгілік ел даң. 8-үйде өтті.",
    "Министр м.а. Асқар Әлиев қатысты.",
    "Ол ойланып қалды...|Содан кейін жауап берді.",
    "Ол... жауап берген жоқ.",
    "Тақырып\nМәтін басталды.|Жалғасы бар.",
    "Ұйым (Space Research. Branch) қосылды.|Екінші.",
    "Келісімге қол қойылды!|Қуанышты жаңалық…|Солай.",
    "1. Бірінші мәселе қаралды.|Екінші мәселе қалды.",
    "Проф. Ахметов пен акад. Сәтбаев келді.",
]
RUSSIAN = [
    "Стороны встретились в г. Астана.|Обсуждены вопросы.",
    "Завод открыт в 2024 г.|Президент К.К. Токаев поблагодарил посла.",
    "Объём составил 4,2 млрд. долларов и т.д.|Это рост.",
    "«Мы готовы. Начнём завтра», – заявил министр.|Встреча завершилась.",
    "Посол А.Иванов и им. Абая университет подписали документ.",
]
ENGLISH = [
    "Mr. Smith met H.E. Ambassador Jones.|They agreed.",
    "The U.S. Embassy opened.|It is new.",
    "He lives in the U.S.|The ambassador left.",
    "Trade, science, etc. were discussed at 5 p.m. on Jan. 5.",
    "The visit was hosted by Apple Inc.|The company grew.",
    "Is it so?|Yes!|Fine.",
]


def gold(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in line.split("|")]


def found(text: str, lang: str) -> list[str]:
    plain = text.replace(".|", ". ").replace("!|", "! ").replace("?|", "? ").replace("…|", "… ").replace("»|", "» ")
    return [plain[start:end] for start, end in split(plain, lang)]


@pytest.mark.parametrize("text", KAZAKH)
def test_kazakh_sentences_end_where_they_should(text: str) -> None:
    assert found(text, "kk") == gold(text)


@pytest.mark.parametrize("text", RUSSIAN)
def test_russian_sentences_end_where_they_should(text: str) -> None:
    assert found(text, "ru") == gold(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_sentences_end_where_they_should(text: str) -> None:
    assert found(text, "en") == gold(text)


def test_a_missing_blank_after_a_full_stop_still_ends_a_sentence() -> None:
    assert found("Кездесу өтті.Тараптар келісті.", "kk") == ["Кездесу өтті.", "Тараптар келісті."]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_language_has_abbreviations_of_every_kind_it_uses(lang: str) -> None:
    assert set(abbreviations(lang).values()) <= {"never", "maybe", "after number", "before number", "starter"}
    assert all(form == form.lower() for form in abbreviations(lang))


def test_other_languages_are_refused_with_a_way_out() -> None:
    with pytest.raises(ElshiError, match="use kk, ru or en"):
        abbreviations("fr")


def test_no_sentence_of_a_document_begins_with_white_space_or_crosses_a_line() -> None:
    doc = make_nlp()("Тақырып жолы\n\nТараптар кездесті. Жиын өтті.\n")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Тақырып жолы", "Тараптар кездесті.", "Жиын өтті."]
    assert not any(sentence[0].is_space for sentence in doc.sents)


def test_a_list_that_goes_on_for_pages_without_a_full_stop_is_ended_between_its_items() -> None:
    listed = ", ".join(f"посол {number}-й страны" for number in range(2_000)) + "."
    parts = found(listed, "ru")
    assert max(map(len, parts)) <= LONGEST_SENTENCE and " ".join(parts) == listed
    assert all(part.startswith("посол") for part in parts)
    assert len(found(listed[: LONGEST_SENTENCE - 1], "ru")) == 1
    assert found("а" * 3 * LONGEST_SENTENCE, "ru") == ["а" * 3 * LONGEST_SENTENCE], "a word is never cut"
