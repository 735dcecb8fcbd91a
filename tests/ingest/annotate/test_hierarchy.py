"""Which body is part of which."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("lang", "text", "part", "whole"),
    [
        ("kk", "Любляна университетінің Инженерия факультеті жұмыс істейді.", "Инженерия факультеті", "Любляна университеті"),
        ("kk", "Любляна университеті жанындағы Робототехника орталығы ашылды.", "Робототехника орталығы", "Любляна университеті"),
        ("kk", "Порту университетінің Марибор кампусы ашылды.", "Марибор кампусы", "Порту университеті"),
        ("ru", "Инженерный факультет Люблянского университета работает.", "Инженерный факультет", "Люблянский университет"),
        ("ru", "Центр робототехники при Люблянском университете открыт.", "Центр робототехники", "Люблянский университет"),
        ("en", "The University of Ljubljana's Robotics Centre was opened.", "Robotics Centre", "University of Ljubljana"),
    ],
)
def test_a_genitive_or_a_word_between_puts_one_body_inside_another(read: Callable, lang: str, text: str, part: str, whole: str) -> None:
    assert read(lang, text).wholes == {part: whole}


def test_a_faculty_is_that_of_the_university_spoken_of(read: Callable) -> None:
    wholes = read("kk", "Порту университетінде көрме ашылды. Кейін қонақтар Инженерия факультетін аралады.").wholes
    assert wholes == {"Инженерия факультеті": "Порту университеті"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Порту университеті мен Любляна университеті серіктес."),
        ("ru", "Университет Порту и Люблянский университет дружат."),
        ("en", "The University of Porto and the University of Ljubljana are partners."),
    ],
)
def test_two_bodies_named_together_are_no_parts_of_each_other(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).wholes == {}
