"""Where, when and whether a Kazakh release lets something happen, and who was there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
MINISTER = "Көлік министрі Марат Қарабаев"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{MINISTER} 12 қарашада Баку қаласында халықаралық көлік форумына қатысты.", "Conference"),
        (f"{MINISTER} 12 қарашада терминалдың іске қосылу рәсіміне қатысты.", "Ceremony"),
        (f"12 қарашада {MINISTER} аймақтық семинарда сөз сөйледі.", "Conference"),
    ],
)
def test_whoever_attends_an_occasion_that_nothing_else_tells_opens_it(read: Read, text: str, kind: str) -> None:
    assert (kind, frozenset({"Марат Қарабаев"}), "2025-11-12", "held") in read("kk", text).events


def test_what_concerns_a_forum_is_no_forum(read: Read) -> None:
    seen = read("kk", f"12 қарашада {MINISTER} Қазақстандағы форумға қатысты мәселелерді айтты.")
    assert not [e for e in seen.events if e[0] == "Conference"]


def test_attending_the_forum_of_the_text_opens_no_second_one(read: Read) -> None:
    body = f"12 қарашада Астанада көлік форумы өтті. Форумға {MINISTER} қатысты. Форумға 200 делегат қатысты."
    assert read("kk", body).events == [("Conference", frozenset({"Марат Қарабаев"}), "2025-11-12", "held")]


def test_nobody_joins_talks_on_another_day(read: Read) -> None:
    body = f"12 қарашада {MINISTER} Андрея Ковачпен кездесті. 3 қарашада қала мэрі Зоран Янкович елшіліктегі іс-шараға қатысты."
    (talks, *_) = read("kk", body).events
    assert "Зоран Янкович" not in talks[1]


def test_the_news_itself_needs_no_date(read: Read) -> None:
    seen = read("kk", "Абай университеті мен Хельсинки университеті меморандумға қол қойды.")
    assert [e[0] for e in seen.events] == ["Signing"]


def test_talks_come_to_a_signature_of_their_sides(read: Read) -> None:
    body = (
        "Мәжіліс төрағасы Ерлан Қошанов Польша Сенатының маршалы Анна Новакпен кездесті. "
        "Келіссөз қорытындысы бойынша Мәжіліс пен Польша Сенаты арасындағы хаттамаға қол қойылды."
    )
    assert ("Signing", frozenset({"Мәжіліс", "Польша Сенаты"}), None, "held") in read("kk", body).events


def test_a_ceremony_told_behind_a_signature_dates_and_places_it(read: Read) -> None:
    body = "Абай университеті мен Хельсинки университеті меморандумға қол қойды. Салтанатты рәсім 4 қарашада Алматыда өтті."
    (event,) = read("kk", body).reading.events
    assert (event.kind, event.start, event.place is not None) == ("Signing", "2025-11-04", True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Таллиннің Кадриорг сарайында {} {} кездесті.", "Таллин"),
        ("{} {} Жамбыл облысындағы Достық үйінде кездесті.", "Жамбыл облысы"),
        ("{} Қазақстанның Алматыдағы өкілі {} кездесті.", None),
        ("{} {} Римде өтетін саммитке дайындық туралы кездесу өткізді.", None),
    ],
)
def test_an_occasion_is_where_its_own_words_put_it(read: Read, text: str, place: str | None) -> None:
    seen = read("kk", text.format("12 қарашада Қазақстанның Эстониядағы Елшісі Бекжан Садықов", "профессор Анна Каскпен"))
    (meeting,) = [e for e in seen.reading.events if e.kind == "Meeting"]
    assert seen.name(meeting.place) == place


def test_a_plan_for_a_year_that_has_begun_is_still_a_plan(read: Read) -> None:
    (event,) = read("kk", "Астанада 2025 жылы халықаралық форум өтеді.").events
    assert event[3] == "planned"


def test_the_presidents_talk_on_in_the_call_they_are_in(read: Read) -> None:
    body = (
        "Президент Қасым-Жомарт Тоқаев Сербия Президенті Александр Вучичпен телефон арқылы сөйлесті. "
        "Президенттер өзекті мәселелер жөнінде пікір алмасты."
    )
    assert [e[0] for e in read("kk", body).events] == ["Call"]


def test_a_visit_put_off_has_its_new_day(read: Read) -> None:
    body = "Ханс Клюге мырза сәуірде жоспарланған Астана сапарын кейінге қалдыруға мәжбүр болды. Сапар енді 2026 жылғы қазанға ауыстырылды."
    assert [(kind, start, status) for kind, _, start, status in read("kk", body).events] == [("Visit", "2026-10", "postponed")]


def test_yesterday_is_the_day_before_the_release(read: Read) -> None:
    assert read("kk", "Кеше Астанада форум өтті.").dates == ["2025-11-17"]


def test_many_ministers_meet_in_the_sentence_that_names_none(read: Read) -> None:
    body = (
        "Кеше Ташкентте Орталық Азия энергетика министрлерінің кездесуі болды. "
        "Жиынға Қазақстанның Энергетика министрі Ерлан Аққенженов, Өзбекстанның Энергетика министрі Жорабек Мирзамахмудов қатысты."
    )
    (event,) = read("kk", body).events
    assert event[:3] == ("Meeting", frozenset({"Ерлан Аққенженов", "Жорабек Мирзамахмудов"}), "2025-11-17")


def test_a_ministry_of_planning_plans_nothing(read: Read) -> None:
    body = "Елші Марат Бейсенбаев Словенияның кеңістіктік жоспарлау министрі Йоже Новакпен кездесті."
    assert [status for *_, status in read("kk", body).events] == ["held"]


def test_whom_an_evening_honours_did_not_come(read: Read) -> None:
    body = "12 қарашада Астанада Абай Құнұнбайұлының 180 жылдығына арналған форум өтті. Форумға профессор Нино Кереселидзе қатысты."
    assert read("kk", body).events == [("Conference", frozenset({"Нино Кереселидзе"}), "2025-11-12", "held")]


def test_a_range_may_join_two_months(read: Read) -> None:
    assert read("kk", "Сапар 2025 жылғы 28 маусым мен 1 шілде аралығында өтті.").dates == ["2025-06-28", "2025-07-01"]


def test_a_quoted_institute_works_with_a_foreign_one(read: Read) -> None:
    body = "«Жасыл Қазақстан» орталығы мен Словенияның Йожеф Стефан институты бірлескен зертхана құру мүмкіндігін қарастырды."
    assert ("considered", frozenset({"Жасыл Қазақстан", "Йожеф Стефан институты"})) in read("kk", body).cooperations


def test_what_was_just_signed_is_not_told_as_older(read: Read) -> None:
    body = "Абай университеті мен Хельсинки университеті меморандумға қол қойды. Меморандум аясында екі университет студент алмасады."
    assert [step for step, _ in read("kk", body).agreements] == ["signed"]


def test_nobody_knows_who_comes_to_the_next_forum_of_many(read: Read) -> None:
    body = (
        "12 қарашада Атырауда форум өтті. Форумға BASF компаниясының директоры Ульрих Шмидт, «Дала Энерго» компаниясының директоры "
        "Марат Сүлейменов, Абай университетінің ректоры Айгүл Сейтова қатысты. Келесі жылы форум Павлодарда ұйымдастырылмақ."
    )
    planned = [who for _, who, _, status in read("kk", body).events if status == "planned"]
    assert planned == [frozenset()]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12 қарашада {0} {1} кездесті. Ертеңіне {0} Сенат депутаты Айгүл Қуспанмен жүздесті.", ["2025-11-12", "2025-11-13"]),
        (
            "12 қарашада {0} {1} кездесті. {0} 8 желтоқсанда Астанада форум өтетінін айтты. Сол күні {0} Сенат депутаты Айгүл Қуспанмен жүздесті.",
            ["2025-11-12", "2025-12-08", "2025-11-12"],
        ),
        ("Кеше {0} {1} кездесіп, Алматыда 2026 жылғы сәуірде өңірлік форум өткізу туралы уағдаласты.", ["2025-11-17", "2026-04"]),
        ("12 қарашада {0} {1} кездесті. Кездесу барысында меморандумға қол қойылады деп күтілуде.", ["2025-11-12"]),
    ],
)
def test_a_day_is_that_of_the_words_behind_it_or_of_what_was_held_last(read: Read, text: str, days: list[str]) -> None:
    seen = read("kk", text.format("Елші Марат Бейсенбаев", "министр Йоже Новакпен"))
    assert [start for _, _, start, _ in seen.events] == days


@pytest.mark.parametrize(
    "text",
    [
        "17 қарашада Брюссельде Роман Василенко Еуропалық комиссия вице-президенті Кая Калласпен кездесті.",
        "20 қарашада Эстония Президенті Алар Карис Астанаға мемлекеттік сапармен келеді. Оны Роман Василенко қарсы алады.",
        "Зертхана директоры Болат Қасенғазин Зайберсдорфқа барды.",
        "Елші Марат Бейсенбаев Вьетнам Президенті Чан Куок Хынгқа сенім грамотасын тапсырды.",
    ],
)
def test_no_persons_name_holds_where_it_went(read: Read, text: str) -> None:
    people = {name for name, kind in read("kk", text).names.items() if kind == "Person"}
    known = {"Роман Василенко", "Кая Каллас", "Алар Карис", "Болат Қасенғазин", "Марат Бейсенбаев", "Чан Куок Хынг"}
    assert people and people <= known


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("{0} 12 қарашада Польша Елшісі Йоже Новакты қабылдады.", ("Meeting", {"{0}", "Йоже Новак"}, "2025-11-12", "held")),
        (
            "12 қарашада {0} жұмыс күнін бастады. Күн соңында Польша Елшісі Йоже Новак қабылданды.",
            ("Meeting", {"{0}", "Йоже Новак"}, "2025-11-12", "held"),
        ),
        (
            "12 қарашада {0} жұмыс күнін бастады. Кешке Польша Елшісі Йоже Новак қоштасу сапарымен келді.",
            ("Meeting", {"{0}", "Йоже Новак"}, "2025-11-12", "held"),
        ),
        (
            "Вьетнам Премьер-министрінің келер жылғы сәуірге жоспарланған ресми сапарына дайындық басталды.",
            ("Visit", {"Вьетнам"}, "2026-04", "planned"),
        ),
        (
            "12 қарашада {0} Краков қаласындағы зауытты аралады. Зауыт директоры Йоже Новак өнімдерді таныстырды.",
            ("Visit", {"{0}", "Йоже Новак"}, "2025-11-12", "held"),
        ),
        ("{0} бастаған делегация 12 қарашада ғылыми зертханамен танысты.", ("Visit", {"{0}"}, "2025-11-12", "held")),
        ("Астанада 25 қарашаға белгіленген бизнес-форум 2026 жылғы ақпанға шегерілді.", ("Conference", set(), "2026-02", "postponed")),
        (
            "11 желтоқсанда өтуі тиіс болған {0} мен Польша министрі Йоже Новактың келіссөзі 2026 жылғы ақпанға шегерілді.",
            ("Meeting", {"{0}", "Йоже Новак"}, "2026-02", "postponed"),
        ),
    ],
)
def test_kazakh_has_many_ways_to_say_who_met_whom_and_when(read: Read, text: str, event: tuple[str, set[str], str | None, str]) -> None:
    kind, who, start, status = event
    named = frozenset(name.format("Марат Бейсенбаев") for name in who)
    assert (kind, named, start, status) in read("kk", text.format("Қазақстан министрі Марат Бейсенбаев")).events


def test_those_who_chair_talks_sign_what_they_come_to(read: Read) -> None:
    body = (
        "12 қарашада комиссия отырысы министр Марат Бейсенбаев пен Сербия министрі Йоже Новактың тең төрағалығымен өтті. "
        "Отырыс қорытындысы бойынша тең төрағалар хаттамаға қол қойды."
    )
    assert ("Signing", frozenset({"Марат Бейсенбаев", "Йоже Новак"}), "2025-11-12", "held") in read("kk", body).events


@pytest.mark.parametrize(
    "text", ["Парламент 12 қарашада заң қабылдады.", "12 қарашада Астанада қарар қабылданды.", "Университет 1934 жылы ашылған."]
)
def test_what_is_adopted_or_old_is_no_occasion(read: Read, text: str) -> None:
    assert read("kk", text).events == []


def test_whoever_invites_does_not_travel(read: Read) -> None:
    body = "Сенат Төрағасы Мәулен Әшімбаевтың шақыруымен 12 қарашада Польша министрі Йоже Новак Астанаға сапармен келді."
    assert ("Visit", frozenset({"Йоже Новак"}), "2025-11-12", "held") in read("kk", body).events


TALKS = "12 қарашада Қазақстан министрі Марат Бейсенбаев Польша министрі Йоже Новакпен кездесті."


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Жүздесуге Елші Айгүл Сейтова да қатысты.",
            ("Meeting", {"Марат Бейсенбаев", "Йоже Новак", "Айгүл Сейтова"}, "2025-11-12", "held"),
        ),
        (
            "М.Бейсенбаев Й.Новакты 8-9 желтоқсанда Астанада өтетін форумға шақырды.",
            ("Conference", {"Йоже Новак"}, "2025-12-08", "planned"),
        ),
        (
            "Тараптар 2026 жылғы сәуірде Алматыда форум өткізу туралы уағдаласты.",
            ("Conference", {"Қазақстан", "Польша"}, "2026-04", "planned"),
        ),
        ("Ал Талдықорғанда 8 желтоқсанда энергетика форумы өтеді деп жоспарланған.", ("Conference", set(), "2025-12-08", "planned")),
        (
            "Астанада 8 желтоқсанда өтуі тиіс форум 2026 жылғы ақпанға шегерілді. Жиынды Абай университеті мен Краков университеті өткізбек.",
            ("Conference", {"Абай университеті", "Краков университеті"}, "2026-02", "postponed"),
        ),
        (
            "Чиангмай мэрі Пиявут Сричай Астанаға 26 қарашада жоспарланған сапарынан бас тартты.",
            ("Visit", {"Пиявут Сричай"}, "2025-11-26", "cancelled"),
        ),
        ("Ол 29 қазаннан 1 қарашаға дейін Краковта сапарда болды.", ("Visit", {"Марат Бейсенбаев"}, "2025-10-29", "held")),
    ],
)
def test_what_follows_talks_tells_who_came_and_who_will_come(read: Read, text: str, event: tuple[str, set[str], str | None, str]) -> None:
    kind, who, start, status = event
    assert (kind, frozenset(who), start, status) in read("kk", f"{TALKS}\n{text}").events


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Қоршаған орта, энергетика және климат министрі Марат Бейсенбаев туризм туралы айтты.", {"tourism"}),
        ("Марат Бейсенбаев қоршаған ортаны қорғау туралы айтты.", {"environment"}),
    ],
)
def test_a_ministers_domain_is_no_topic(read: Read, text: str, topics: set[str]) -> None:
    assert {subject.topic for subject in read("kk", text).reading.subjects} == topics


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "12 қарашада Елші Асқар Ширинбаев сенім грамоталарының көшірмелерін Мексиканың Сыртқы істер министрі Хуан Рамон де ла Фуэнтеге табыстады.",
            ("Presentation", {"Асқар Ширинбаев", "Хуан Рамон де ла Фуэнте"}, "2025-11-12", "held"),
        ),
        ("Қазақстан Президенті 2026 жылғы мамырда Словенияға ресми сапармен барады.", ("Visit", {"Қазақстан"}, "2026-05", "planned")),
        (
            "Бүгін Премьер-Министр Олжас Бектенов Қытай Мемлекеттік Кеңесінің Премьері Ли Цянмен екіжақты кездесу өткізді.",
            ("Meeting", {"Олжас Бектенов", "Ли Цян"}, "2025-11-18", "held"),
        ),
        (
            "15 қарашада Софияда комиссия отырысы өтті. Қазақстан делегациясын министр Ерлан Аққенженов, Болгария тарапын министр Петр Дилов басқарды.",
            ("Meeting", {"Ерлан Аққенженов", "Петр Дилов"}, "2025-11-15", "held"),
        ),
        (
            "Елші Ержан Қазыхан Вашингтонда АҚШ Мемлекеттік хатшысының орынбасары Кристофер Ландаумен кездесті. Ол банк өкілі Йоже Новакты да жолықтырды.",
            ("Meeting", {"Ержан Қазыхан", "Йоже Новак"}, None, "held"),
        ),
    ],
)
def test_the_words_of_the_ministry_tell_who_received_called_on_or_led(
    read: Read, text: str, event: tuple[str, set[str], str | None, str]
) -> None:
    kind, who, start, status = event
    assert (kind, frozenset(who), start, status) in read("kk", text).events


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "12 қарашада Елші Марат Бейсенбаевпен сұхбатында министр Йоже Новак сауданы бағалады.",
            ("Meeting", {"Марат Бейсенбаев", "Йоже Новак"}, "held"),
        ),
        (
            "12 қарашада Краковта Абай оқулары өткізілді. Пікірталасқа Елші Марат Бейсенбаев атсалысты.",
            ("Conference", {"Марат Бейсенбаев"}, "held"),
        ),
        ("Польша Президентінің 2026 жылғы мамырдағы сапары қарсаңында министрлер дайындықты пысықтады.", ("Visit", {"Польша"}, "planned")),
    ],
)
def test_talks_readings_and_the_eve_of_a_visit(read: Read, text: str, event: tuple[str, set[str], str]) -> None:
    seen = [(kind, who, status) for kind, who, _, status in read("kk", text).events]
    assert seen == [(event[0], frozenset(event[1]), event[2])]
