"""Words that name no topic of a release: what put something off, whose office it is, what only a saying has, what a narrower topic says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from elshi.ingest.annotate.patterns import read_table
from elshi.ontology.scheme import concepts

PASSING = [
    ("kk", "Сапар теміржол ереуіліне байланысты өтпей қалды. Тараптар туризмді талқылады.", {"tourism"}),
    ("ru", "Поездка отменена из-за сильного наводнения. Стороны обсудили туризм.", {"tourism"}),
    ("en", "The trip was called off because of a railway strike. The sides discussed tourism.", {"tourism"}),
    ("kk", "Жиында мұражай директоры Айдос Беков сөз сөйледі. Тараптар вакцина шығаруды талқылады.", {"pharmaceuticals"}),
    ("ru", "Выступил директор музея. Стороны обсудили выпуск вакцин.", {"pharmaceuticals"}),
    ("en", "The museum's director spoke. The sides discussed making vaccines.", {"pharmaceuticals"}),
    (
        "ru",
        "«Для нас наука – это воздух, которым все мы дышим каждый день», – сказал он. Обсуждались поставки нефти.",
        {"oil-and-gas", "trade"},
    ),
    ("en", "The sides discussed agriculture and, above all, livestock.", {"livestock"}),
    ("kk", "Екі ел арасындағы дипломатиялық қатынас 1992 жылы орнатылған. Тараптар туризмді талқылады.", {"tourism"}),
    ("ru", "Дипломатические отношения установлены в 1992 году. Стороны обсудили туризм.", {"tourism"}),
    ("en", "Diplomatic relations were established in 1992. The sides discussed tourism.", {"tourism"}),
]
DEALT_WITH = [
    ("kk", "Тараптар теміржол саласындағы ынтымақтастықты талқылады.", "railways"),
    ("ru", "Стороны обсудили железнодорожные перевозки и наводнения в регионе.", "civil-protection"),
    ("en", "The sides discussed museums and a railway strike.", "railways"),
]


@pytest.mark.parametrize(("lang", "text", "topics"), PASSING)
def test_what_a_release_only_touches_is_no_topic_of_it(read: Callable, lang: str, text: str, topics: set[str]) -> None:
    assert {s.topic for s in read(lang, text).reading.subjects} == topics


@pytest.mark.parametrize(("lang", "text", "topic"), DEALT_WITH)
def test_what_is_discussed_is_a_topic(read: Callable, lang: str, text: str, topic: str) -> None:
    assert topic in {s.topic for s in read(lang, text).reading.subjects}


def test_the_table_of_wider_topics_is_that_of_the_scheme() -> None:
    told = {(row["topic"], row["broader"]) for row in read_table("any", "broader_topics")}
    assert told == {(slug, wider) for slug, concept in concepts("topic").items() for wider in concept.broader}


def test_a_name_that_ends_a_text_has_nothing_behind_it(read: Callable) -> None:
    assert "Айдос Беков" in read("ru", "Министр Айдос Беков").names
