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
