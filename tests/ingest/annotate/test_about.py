"""What facts are about is told where they are, or in the sentences that go on with them; each topic's sentence is quoted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

MET = {
    "kk": "2025 жылғы 12 мамырда Елші Айгүл Сатыбалды Любляна университетінің ректоры Грегор Майдичпен кездесті.",
    "ru": "12 мая 2025 года Посол Казахстана Айгуль Сатыбалды встретилась с ректором Люблянского университета Грегором Майдичем.",
    "en": "On 12 May 2025 Aigul Satybaldy, Ambassador of Kazakhstan, met Gregor Majdič, Rector of the University of Ljubljana.",
}
TALKED = {
    "kk": "Тараптар студенттер алмасу мен жаңартылатын энергия мәселелерін талқылады.",
    "ru": "Стороны обсудили обмен студентами и возобновляемую энергетику.",
    "en": "The sides discussed student exchanges and renewable energy.",
}
CLOSED = {
    "kk": "2025 жылғы 15 мамырда Копер портында көлік дәлізі туралы конференция өтті.",
    "ru": "15 мая 2025 года в Копере состоялась конференция о транспортных коридорах.",
    "en": "On 15 May 2025 a conference on transport corridors was held in Koper.",
}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_talks_are_about_what_the_next_sentence_says_and_quote_it(read: Callable, lang: str) -> None:
    seen = read(lang, f"{MET[lang]} {TALKED[lang]}")
    (meeting,) = seen.reading.events
    assert {"academic-mobility", "renewable-energy"} <= set(meeting.topics)
    assert TALKED[lang] in [mention.text for mention in meeting.evidence]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_another_occasion_has_its_own_topics(read: Callable, lang: str) -> None:
    seen = read(lang, f"{MET[lang]} {TALKED[lang]}\n{CLOSED[lang]}")
    meeting, conference = seen.reading.events
    assert "renewable-energy" not in conference.topics
    assert "transport-corridors" in conference.topics and "transport-corridors" not in meeting.topics


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_what_is_still_to_come_takes_no_topics_of_the_sentences_after_it(read: Callable, lang: str) -> None:
    later = {
        "kk": "Қазақстан мен Словения сыртқы істер министрлерінің кездесуі 2026 жылғы қазанда өтеді деп жоспарланған.",
        "ru": "Встреча министров иностранных дел Казахстана и Словении запланирована на октябрь 2026 года.",
        "en": "A meeting of the foreign ministers of Kazakhstan and Slovenia is planned for October 2026.",
    }
    seen = read(lang, f"{later[lang]} {TALKED[lang]}")
    (planned,) = seen.reading.events
    assert planned.status == "planned" and not planned.topics


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Қазақстан мен Словения меморандумға 2025 жылғы 3 мамырда қол қойды. Құжат су ресурстарын басқаруды көздейді."),
        ("ru", "Казахстан и Словения подписали меморандум 3 мая 2025 года. Документ предусматривает управление водными ресурсами."),
        ("en", "Kazakhstan and Slovenia signed a memorandum on 3 May 2025. The document covers the management of water resources."),
    ],
)
def test_a_document_is_on_what_the_sentence_about_it_says(read: Callable, lang: str, text: str) -> None:
    (agreement,) = read(lang, text).reading.agreements
    assert agreement.topics == ("water-resources",)
