"""The day of an occasion that its own sentence leaves to the sentences around it, or counts from theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

#: A first sentence, what follows it, and the day of the occasion that is told last.
DAYS = [
    ("10 ноября посол Казахстана в Чили Олжас Тлеубеков прилетел в Вальпараисо. Здесь он встретился с мэром города Росой Дивес.", "2025-11-10"),
    ("10 ноября Посол Казахстана в Чили Олжас Тлеубеков встретился с министром Хуаном Пересом.\nНакануне О. Тлеубеков посетил"
     " Чилийский университет.", "2025-11-09"),
    ("10 ноября Посол Казахстана в Чили Олжас Тлеубеков встретился с министром Хуаном Пересом.\nНа следующий день О. Тлеубеков"
     " посетил Чилийский университет.", "2025-11-11"),
    ("10 ноября Посол Казахстана в Чили Олжас Тлеубеков встретился с министром Хуаном Пересом.\nПо завершении переговоров"
     " Чилийский университет и Университет Турана подписали меморандум.", "2025-11-10"),
    ("Сегодня Посол Казахстана в Чили Олжас Тлеубеков встретился с министром Хуаном Пересом.", "2025-11-18"),
    ("Форум в Астане, ожидавшийся 2 декабря, перенесён на март 2026 года.", "2026-03"),
    ("Достигнута договорённость перенести форум в Астане, который должен был состояться 2 декабря, на 15 января 2026 года.", "2026-01-15"),
    ("28 сентября – 2 октября 2025 года вице-министр Арман Сабитов посетил Чили.", "2025-09-28"),
]  # fmt: skip
#: A day of the paragraph that is not the occasion's.
NO_DAYS = [
    "10 ноября Посол Казахстана в Чили Олжас Тлеубеков встретился с министром Хуаном Пересом. Планируется, что Президент Чили Роса Дивес"
    " посетит Астану.",
    "Договор о дружбе подписан 10 мая 1998 года. Посол Казахстана в Чили Олжас Тлеубеков встретился с министром Хуаном Пересом.",
]


@pytest.mark.parametrize("text, day", DAYS, ids=[text[-48:] for text, _ in DAYS])
def test_an_occasion_takes_the_day_that_its_paragraph_tells_or_counts_from(read: Callable, text: str, day: str) -> None:
    assert read("ru", text).events[-1][2] == day


@pytest.mark.parametrize("text", NO_DAYS, ids=[text[-48:] for text in NO_DAYS])
def test_neither_history_nor_news_dates_what_comes_after_it(read: Callable, text: str) -> None:
    kind, _, day, _ = read("ru", text).events[-1]
    assert (kind, day) in {("Visit", None), ("Meeting", None)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "10 ноября 2025 года министр Словении Иван Ковач прибыл в Астану. Министр Иван Ковач посетил Академию наук Казахстана, основанную"
         " в 1946 году, и побеседовал с ее президентом Ерланом Сыдыковым."),
        ("en", "On 10 November 2025 Slovenia's minister Ivan Kovač arrived in Astana. Minister Ivan Kovač visited the Academy of Sciences of"
         " Kazakhstan, founded in 1946, and spoke with its President, Yerlan Sydykov."),
    ],
)  # fmt: skip
def test_the_year_in_which_a_house_was_founded_dates_nothing_in_it(read: Callable, lang: str, text: str) -> None:
    assert not [start for _, _, start, _ in read(lang, text).events if (start or "").startswith("1946")]


def test_a_commission_of_two_states_is_theirs_and_not_of_those_met_last(read: Callable) -> None:
    text = (
        "Министр Казахстана Ерлан Сыдыков встретился с министром Словении Иваном Ковачем.\n"
        "Затем Ерлан Сыдыков посетил Люблянский университет, где встретился с ректором Юре Новаком.\n"
        "Следующее заседание межправительственной комиссии состоится в Астане в апреле 2026 года."
    )
    seen = read("ru", text)
    (session,) = (event for event in seen.reading.events if event.status == "planned")
    assert seen.named(session.parties) == {"Казахстан", "Словения"}


def test_a_residence_in_brackets_is_not_where_credentials_were_presented(read: Callable) -> None:
    text = (
        "Қазақстанның Руандадағы Елшісі (резиденциясы Аддис-Абебада) Барлыбай Садықов Президент Поль Кагамеге сенім грамоталарын тапсырды."
    )
    assert [event.place for event in read("kk", text).reading.events] == [None]
