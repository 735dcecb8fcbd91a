"""Words that only look like a topic of a Russian release: what a minister is minister of, other words of the same stem, words in passing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TOPICS = [
    ("Посол встретился с министром энергетики и климата Чили Хуаном Пересом.", set()),
    ("Стороны обсудили сотрудничество в области энергетики.", {"energy"}),
    ("Речь шла о применении искусственного интеллекта.", {"artificial-intelligence"}),
    ("Речь шла о выставке произведений искусства.", {"culture"}),
    ("Справочно: в университете учатся 14 тысяч студентов.", set()),
    ("Стороны обсудили взаимодействие между университетами и высшее образование.", {"higher-education"}),
    ("Подписано соглашение об освобождении от виз владельцев дипломатических паспортов.", {"visa-policy"}),
]


@pytest.mark.parametrize(("text", "topics"), TOPICS, ids=[text[:40] for text, _ in TOPICS])
def test_a_release_deals_with_what_it_speaks_of_not_with_words_in_passing(read: Callable, text: str, topics: set[str]) -> None:
    assert {subject.topic for subject in read("ru", text).reading.subjects} == topics
