"""Calendar dates: said in full, in part, as a range, relative to the release's own day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FULL = [
    ("kk", "Көрме 2025 жылғы 3 маусымда ашылды.", ["2025-06-03"]),
    ("kk", "Көрме 2025 жылдың 3 маусымында ашылды.", ["2025-06-03"]),
    ("kk", "Көрме 03.06.2025 ашылды.", ["2025-06-03"]),
    ("ru", "Выставка открылась 3 июня 2025 года.", ["2025-06-03"]),
    ("ru", "Выставка открылась 3 июня 2025 г. в Баку.", ["2025-06-03"]),
    ("ru", "Выставка открылась 03.06.2025.", ["2025-06-03"]),
    ("en", "The exhibition opened on 3 June 2025.", ["2025-06-03"]),
    ("en", "The exhibition opened on June 3, 2025.", ["2025-06-03"]),
    ("en", "The exhibition opened on the 3rd of June 2025.", ["2025-06-03"]),
]
PARTIAL = [
    ("kk", "Көрме 2024 жылғы шілдеде ашылды.", ["2024-07"]),
    ("kk", "Одақ 1987 жылы құрылды.", ["1987"]),
    ("ru", "Выставка открылась в июле 2024 года.", ["2024-07"]),
    ("ru", "Союз создан в 1987 году.", ["1987"]),
    ("en", "The exhibition opened in July 2024.", ["2024-07"]),
    ("en", "The union was founded in 1987.", ["1987"]),
]
RANGES = [
    ("kk", "Апталық 2025 жылғы 9-14 қазанда өтті.", ["2025-10-09", "2025-10-14"]),
    ("kk", "Апталық 2025 жылғы 28 қыркүйек – 2 қазан аралығында өтті.", ["2025-09-28", "2025-10-02"]),
    ("kk", "Жоспар 2026-2028 жылдарға арналған.", ["2026", "2028"]),
    ("ru", "Неделя прошла с 9 по 14 октября 2025 года.", ["2025-10-09", "2025-10-14"]),
    ("ru", "Неделя прошла с 28 сентября по 2 октября 2025 года.", ["2025-09-28", "2025-10-02"]),
    ("ru", "План рассчитан на 2026–2028 годы.", ["2026", "2028"]),
    ("en", "The week ran from 9 to 14 October 2025.", ["2025-10-09", "2025-10-14"]),
    ("en", "The week ran on October 9–14, 2025.", ["2025-10-09", "2025-10-14"]),
    ("en", "The plan for 2026–2028 was approved.", ["2026", "2028"]),
]
RELATIVE = [  # told on 18 November 2025
    ("kk", "Былтыр көрме ашылды.", ["2024"]),
    ("kk", "Келесі жылдың 7 мамырында көрме ашылады.", ["2026-05-07"]),
    ("ru", "В прошлом году открылась выставка.", ["2024"]),
    ("ru", "Выставка откроется в мае следующего года.", ["2026-05"]),
    ("en", "The exhibition opened last year.", ["2024"]),
    ("en", "The exhibition will open in May next year.", ["2026-05"]),
]
NEAREST = [  # told on 18 November 2025
    ("kk", "Көрме 12 қарашада ашылды.", ["2025-11-12"]),
    ("kk", "Көрме 9 қаңтарда ашылады.", ["2026-01-09"]),
    ("ru", "Выставка открылась 12 ноября.", ["2025-11-12"]),
    ("ru", "Выставка откроется 9 января.", ["2026-01-09"]),
    ("en", "The exhibition opened on 12 November.", ["2025-11-12"]),
    ("en", "The exhibition opens on January 9.", ["2026-01-09"]),
    ("kk", "Көрме наурыз айында өтеді деп жоспарланған.", ["2026-03"]),
    ("ru", "В марте планируется выставка.", ["2026-03"]),
    ("en", "An exhibition is planned in April.", ["2026-04"]),
]
NO_DATES = [
    ("kk", "Жиынға 2025 студент қатысты."),
    ("kk", "Кітап 1500 дана болып шықты."),
    ("ru", "В зале собралось 2000 студентов."),
    ("en", "Some 2000 students came."),
    ("en", "The march may last."),
    ("ru", "Закупили 1950 тонн зерна."),
]


@pytest.mark.parametrize(("lang", "text", "values"), [*FULL, *PARTIAL, *RANGES, *RELATIVE, *NEAREST])
def test_a_date_is_read_as_far_as_it_is_said(read: Callable, lang: str, text: str, values: list[str]) -> None:
    assert read(lang, text).dates == values


@pytest.mark.parametrize(("lang", "text"), NO_DATES)
def test_a_figure_or_a_verb_is_no_date(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).dates == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ru", "Он назвал 31 февраля 2025 года."), ("en", "The list names 31 February 2025.")],
)
def test_of_a_day_that_the_calendar_lacks_at_most_the_month_is_left(read: Callable, lang: str, text: str) -> None:
    assert all(len(value) == 7 for value in read(lang, text).dates)


@pytest.mark.parametrize(("lang", "text", "values"), NEAREST[:6])
def test_without_the_day_of_the_release_a_day_without_year_is_left_out(read: Callable, lang: str, text: str, values: list[str]) -> None:
    assert read(lang, text, reported=None).dates == []


@pytest.mark.parametrize(("reported", "value"), [("2025-01-05", "2024-12-28"), ("2025-12-20", "2025-12-28"), ("2026-07-10", "2026-12-28")])
def test_the_year_is_the_one_that_brings_the_day_nearest(read: Callable, reported: str, value: str) -> None:
    assert read("ru", "Приём состоялся 28 декабря.", reported=reported).dates == [value]


def test_the_quotation_of_a_date_is_the_words_that_state_it(read: Callable) -> None:
    (date,) = read("kk", "Көрме 2025 жылғы 3 маусымда ашылды.").reading.dates
    assert date.evidence[0].text == "2025 жылғы 3 маусымда"
