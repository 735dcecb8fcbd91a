"""Whom a Kazakh sentence means by common nouns: two schools, a company that pays, the rectors of two universities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
ABAI, LIEGE = "Абай университеті", "Льеж университеті"
MET = f"12 қарашада {ABAI}нің ректоры Айгүл Сейтова {LIEGE}нің ректоры Жан Дюбуамен кездесті."


@pytest.mark.parametrize(
    "text",
    [
        "Екі оқу орны студент алмасу мүмкіндігін қарастырды.",
        "Қос университет бірлескен зертхана ашпақ.",
        f"Тараптар {ABAI} мен {LIEGE}нің ғылым саласындағы ынтымақтастығын талқылады.",
    ],
)
def test_two_schools_are_the_two_named_last(read: Read, text: str) -> None:
    assert frozenset({ABAI, LIEGE}) in {parties for _, parties in read("kk", f"{MET}\n{text}").cooperations}


def test_the_document_of_two_schools_is_theirs(read: Read) -> None:
    seen = read("kk", f"{MET}\n«Эйр Астана» компаниясы кеңсе ашты. Екі оқу орны 2023 жылы меморандумға қол қойған.")
    assert ("existing", frozenset({ABAI, LIEGE})) in seen.agreements


def test_a_document_told_next_is_that_of_the_work_told_before(read: Read) -> None:
    body = (
        f"12 қарашада Елші Марат Бейсенбаевты {LIEGE}нің ректоры Жан Дюбуа қабылдады. "
        f"Университет {ABAI}мен бірлескен жоба бастамақ. Тиісті меморандумға наурызда қол қойылады."
    )
    assert ("planned", frozenset({ABAI, LIEGE})) in read("kk", body).agreements


def test_two_rectors_lead_a_university_each(read: Read) -> None:
    body = f"{ABAI} мен {LIEGE}нің ректорлары Айгүл Сейтова мен Жан Дюбуа меморандумға қол қойды."
    assert read("kk", body).offices == {("Айгүл Сейтова", "rector", ABAI), ("Жан Дюбуа", "rector", LIEGE)}


@pytest.mark.parametrize("head", ["Компания", "1991 жылы құрылған компания"])
def test_a_company_that_only_a_noun_names_pays_itself(read: Read, head: str) -> None:
    seen = read(
        "kk", f"Кездесуге Reykjavík Energy компаниясының бас директоры Жан Дюбуа қатысты. {head} Қазақстанға 12 млн еуро инвестиция салады."
    )
    assert ("Reykjavík Energy", "investment", "12000000") in seen.statistics


def test_an_akim_has_the_seat_that_the_text_names(read: Read) -> None:
    seen = read("kk", "Жетісу облысының әкімдігі форум өткізді. Форумға облыс әкімі Әділет Тоқтарбаев қатысты.")
    assert ("Әділет Тоқтарбаев", "governor", "Жетісу облысының әкімдігі") in seen.offices


def test_a_body_named_after_somebody_needs_no_possessive(read: Read) -> None:
    names = read(
        "kk", "Шәкәрім атындағы университет пен Мұхаммед V атындағы университет меморандумға қол қойды. Ирландия университеттері көп."
    ).names
    assert {name for name, kind in names.items() if kind == "University"} == {
        "Шәкәрім атындағы университет",
        "Мұхаммед V атындағы университет",
    }
