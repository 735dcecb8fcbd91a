"""Occasions: what opens one, who takes part, when, where, and whether it came about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

OPENINGS = [
    ("kk", "Қазақстанның Жапониядағы Елшісі Асқар Бердібаев 2025 жылғы 12 қарашада Киотода Киото университетінің ректоры Накамура Хирошимен"
     " кездесті.", ("Meeting", {"Асқар Бердібаев", "Накамура Хироши"}, "2025-11-12", "held")),
    ("ru", "12 ноября 2025 года Посол Казахстана в Чили Олжас Тлеубеков встретился с ректором Чилийского университета Росой Дивес.",
     ("Meeting", {"Олжас Тлеубеков", "Роса Дивес"}, "2025-11-12", "held")),
    ("en", "On November 12, 2025, Ambassador of Kazakhstan to Japan Askar Berdibayev met in Kyoto with Hiroshi Nakamura, Rector of Kyoto"
     " University.", ("Meeting", {"Askar Berdibayev", "Hiroshi Nakamura"}, "2025-11-12", "held")),
    ("kk", "Мәжіліс төрағасы Самат Жүнісов Венгрияға ресми сапармен келді.", ("Visit", {"Самат Жүнісов"}, None, "held")),
    ("ru", "Председатель Мажилиса Парламента Казахстана Самат Жунисов прибыл в Венгрию с официальным визитом.",
     ("Visit", {"Самат Жунисов"}, None, "held")),
    ("en", "Speaker of the Mazhilis of Kazakhstan Samat Zhunisov paid an official visit to Hungary.",
     ("Visit", {"Samat Zhunisov"}, None, "held")),
    ("kk", "Қазақстанның Сыртқы істер министрі Арман Сәбитов Түркияның Сыртқы істер министрі Кемаль Демирмен телефон арқылы сөйлесті.",
     ("Call", {"Арман Сәбитов", "Кемаль Демир"}, None, "held")),
    ("ru", "Министр иностранных дел Казахстана Арман Сабитов провёл телефонный разговор с Министром иностранных дел Чили Хуаном Пересом.",
     ("Call", {"Арман Сабитов", "Хуан Перес"}, None, "held")),
    ("en", "Minister of Foreign Affairs of Kazakhstan Arman Sabitov held a telephone conversation with Minister of Foreign Affairs of"
     " Türkiye Kemal Demir.", ("Call", {"Arman Sabitov", "Kemal Demir"}, None, "held")),
    ("kk", "Любляна университеті мен Абай университеті 2025 жылғы 4 қарашада меморандумға қол қойды.",
     ("Signing", {"Любляна университеті", "Абай университеті"}, "2025-11-04", "held")),
    ("ru", "4 ноября 2025 года Люблянский университет и Университет Турана подписали меморандум.",
     ("Signing", {"Люблянский университет", "Университет Турана"}, "2025-11-04", "held")),
    ("en", "Kazakhstan and Slovenia signed a treaty on 4 November 2025.", ("Signing", {"Kazakhstan", "Slovenia"}, "2025-11-04", "held")),
]  # fmt: skip
CONFERENCES = [
    ("kk", "2025 жылғы 4 қарашада Астанада форум өтті. Оған Қазақстанның Чилидегі елшісі Олжас Тілеубеков қатысты."
     " Профессор Хуан Перес баяндама жасады.", {"Олжас Тілеубеков", "Хуан Перес"}),
    ("ru", "4 ноября 2025 года в Астане состоялся форум. В нём принял участие Посол Казахстана в Чили Олжас Тлеубеков."
     " Выступил профессор Хуан Перес.", {"Олжас Тлеубеков", "Хуан Перес"}),
    ("en", "On 4 November 2025 a forum was held in Astana. Ambassador of Kazakhstan to Chile Olzhas Tileubekov took part."
     " Professor Juan Pérez delivered a report.", {"Olzhas Tileubekov", "Juan Pérez"}),
    ("kk", "2025 жылғы 4 қарашада Люблянада форум өтті. Профессор Хуан Перес бейнеүндеу жолдады.", set()),
    ("ru", "4 ноября 2025 года в Любляне состоялся форум. Профессор Хуан Перес направил видеообращение.", set()),
    ("en", "On 4 November 2025 a forum was held in Ljubljana. Professor Juan Pérez could not attend.", set()),
]  # fmt: skip
STATUSES = [
    ("kk", "2026 жылғы 10 ақпанда Астанада форум өтеді.", "2026-02-10", "planned"),
    ("ru", "В апреле 2026 года в Астане пройдёт форум.", "2026-04", "planned"),
    ("en", "An international forum will be held in Astana in April 2026.", "2026-04", "planned"),
    ("kk", "2025 жылғы 2 желтоқсанда өтуі тиіс форум кейінге қалдырылды, ол кейін өтеді.", "2025-12-02", "postponed"),
    ("ru", "Форум в Астане, который пройдёт 2 декабря 2025 года, перенесён.", "2025-12-02", "postponed"),
    ("en", "The forum, which was to be held in Astana on 2 December 2025, has been postponed.", "2025-12-02", "postponed"),
    ("kk", "2025 жылғы 20 қарашаға жоспарланған форум болмай қалды.", "2025-11-20", "cancelled"),
    ("ru", "Конференция, которая должна была пройти 20 ноября 2025 года, не состоится.", "2025-11-20", "cancelled"),
    ("en", "The conference that was to be held on 20 November 2025 will not take place.", "2025-11-20", "cancelled"),
    ("kk", "2025 жылғы 4 қарашада Астанада форум өтті.", "2025-11-04", "held"),
]
SAME_DAY = [
    ("kk", "Қазақстанның Чилидегі елшісі Олжас Тілеубеков 2025 жылғы 4 қарашада министр Хуан Переспен кездесті. Сол күні ол Чили"
     " университетінің ректоры Роса Дивеспен кездесті.", {"Олжас Тілеубеков", "Роса Дивес"}),
    ("ru", "4 ноября 2025 года Посол Казахстана в Чили Олжас Тлеубеков встретился с ректором Чилийского университета Росой Дивес."
     " В тот же день он встретился с ректором Университета Консепсьона Карлосом Сааведрой.", {"Олжас Тлеубеков", "Карлос Сааведра"}),
    ("en", "On 4 November 2025 Ambassador of Kazakhstan to Chile Olzhas Tileubekov met with Rosa Devés, Rector of the University of Chile."
     " On the same day he met with Carlos Saavedra, Rector of the University of Concepción.", {"Olzhas Tileubekov", "Carlos Saavedra"}),
]  # fmt: skip
TOLD = [
    ("kk", "Қазақстанның Словениядағы елшісі Ержан Сапаров Любляна университетінің ашылғанын еске салды."),
    ("ru", "Посол Казахстана в Словении Ержан Сапаров сообщил, что ранее в Любляне был открыт форум."),
    ("en", "Ambassador of Kazakhstan to Slovenia Yerzhan Saparov said that a forum had been opened in Ljubljana."),
    ("kk", "Кездесу «Форумда министр Хуан Перес ректормен кездесті» деген кітап туралы."),
]


@pytest.mark.parametrize(("lang", "text", "event"), OPENINGS)
def test_an_occasion_is_opened_by_its_verb(read: Callable, lang: str, text: str, event: tuple[str, set[str], str | None, str]) -> None:
    kind, participants, day, status = event
    assert read(lang, text).events == [(kind, participants, day, status)]


@pytest.mark.parametrize(("lang", "text", "participants"), CONFERENCES)
def test_whoever_attends_or_speaks_joins_a_conference_and_whoever_stays_away_does_not(
    read: Callable, lang: str, text: str, participants: set[str]
) -> None:
    assert read(lang, text).events == [("Conference", participants, "2025-11-04", "held")]


@pytest.mark.parametrize(("lang", "text", "day", "status"), STATUSES)
def test_what_is_planned_postponed_or_cancelled_was_not_held(read: Callable, lang: str, text: str, day: str, status: str) -> None:
    assert [event[2:] for event in read(lang, text).events] == [(day, status)]


@pytest.mark.parametrize(("lang", "text", "participants"), SAME_DAY)
def test_the_same_day_is_that_of_the_occasion_before(read: Callable, lang: str, text: str, participants: set[str]) -> None:
    first, second = read(lang, text).events
    assert first[2] == second[2] == "2025-11-04"
    assert second[1] == participants


@pytest.mark.parametrize(("lang", "text"), TOLD)
def test_an_occasion_of_which_somebody_only_speaks_is_no_event(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).events == []


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("kk", "Астана қаласында 2025 жылғы 4 қарашада форум өтті.", "Астана"),
        ("kk", "2025 жылғы 4 қарашада Люблянада форум өтті.", "Любляна"),
        ("ru", "В городе Астане 4 ноября 2025 года прошёл форум.", "Астана"),
        ("en", "On 4 November 2025 a forum was held in Ljubljana.", "Ljubljana"),
        ("kk", "Мәжіліс төрағасы Самат Жүнісов Венгрияға ресми сапармен келді.", "Венгрия"),
    ],
)
def test_an_occasion_is_where_the_sentence_puts_it(read: Callable, lang: str, text: str, place: str) -> None:
    seen = read(lang, text)
    assert [seen.name(e.place) for e in seen.reading.events] == [place]


@pytest.mark.parametrize(
    ("lang", "text", "event"),
    [
        ("ru", "Официальный представитель МИД Ерлан Жумабеков сообщил, что 1 декабря Казахстан с визитом посетит Президент Сербии Александр Йованович.",
         ("Visit", {"Александр Йованович"}, "2025-12-01", "planned")),
        ("en", "Spokesperson Yerlan Zhumabekov said that President of Serbia Aleksandar Jovanovic would pay a visit to Kazakhstan on 1 December.",
         ("Visit", {"Aleksandar Jovanovic"}, "2025-12-01", "planned")),
    ],
)  # fmt: skip
def test_a_visit_that_a_spokesperson_announces_is_the_visitors(read: Callable, lang: str, text: str, event: tuple[object, ...]) -> None:
    assert event in read(lang, text).events


@pytest.mark.parametrize(
    ("lang", "text", "persons"),
    [
        ("ru", "Министр культуры Казахстана Асель Ким и министр культуры Грузии Давид Мчедлидзе прибыли. "
         "18 ноября министры встретились с ректором Киотского университета Петром Новаком.",
         {"Асель Ким", "Давид Мчедлидзе", "Петр Новак"}),
        ("ru", "Посол Казахстана в Египте Аскар Женисов прибыл в Каир. "
         "Состоялись встречи с министром культуры Египта Ахмедом Мансуром и министром юстиции Египта Саидом Али.",
         {"Аскар Женисов", "Ахмед Мансур", "Саид Али"}),
    ],
)  # fmt: skip
def test_an_office_in_the_plural_means_several_and_talks_with_hosts_have_a_guest(
    read: Callable, lang: str, text: str, persons: set[str]
) -> None:
    assert persons in [set(who) for kind, who, *_ in read(lang, text).events if kind == "Meeting"]


def test_the_same_day_is_that_of_what_happened_not_of_what_is_planned(read: Callable) -> None:
    text = (
        "18 ноября Посол Казахстана в Египте Аскар Женисов встретился с министром культуры Египта Ахмедом Мансуром. "
        "Конференция состоится 15 апреля 2026 года в Астане.\nВ тот же день Аскар Женисов посетил Каирский университет."
    )
    assert [(kind, day, status) for kind, _, day, status in read("ru", text).events if kind == "Visit"] == [("Visit", "2025-11-18", "held")]
