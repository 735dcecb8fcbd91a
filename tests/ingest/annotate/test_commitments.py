"""How far parties have come: talk, a wish, a plan, a signature, a document in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PAIR = {"kk": {"Қазақстан", "Словения"}, "ru": {"Казахстан", "Словения"}, "en": {"Kazakhstan", "Slovenia"}}
DOCUMENTS = [
    ("kk", "Қазақстан мен Словения келісімге 2025 жылғы 3 қарашада қол қойды.", "signed", "2025-11-03"),
    ("ru", "Казахстан и Словения подписали соглашение 3 ноября 2025 года.", "signed", "2025-11-03"),
    ("en", "Kazakhstan and Slovenia signed an agreement on 3 November 2025.", "signed", "2025-11-03"),
    ("kk", "Қазақстан мен Словения визасыз режим туралы келісімге 2019 жылғы 3 мамырда қол қойған.", "existing", "2019-05-03"),
    ("ru", "Казахстан и Словения подписали соглашение о безвизовом режиме 3 мая 2019 года.", "existing", "2019-05-03"),
    ("en", "Kazakhstan and Slovenia signed an agreement on a visa-free regime on 3 May 2019.", "existing", "2019-05-03"),
    ("kk", "Қазақстан мен Словения арасында визасыз режим туралы келісім жұмыс істейді.", "existing", None),
    ("ru", "Между Казахстаном и Словенией действует соглашение о безвизовом режиме.", "existing", None),
    ("en", "An agreement on a visa-free regime between Kazakhstan and Slovenia is in force.", "existing", None),
    ("kk", "Қазақстан мен Словения арасында инвестицияларды қорғау туралы келісімге қол қою жоспарланған.", "planned", None),
    ("ru", "Планируется подписание соглашения о защите инвестиций между Казахстаном и Словенией.", "planned", None),
    ("en", "Kazakhstan and Slovenia plan to sign an agreement on the protection of investments.", "planned", None),
]
POSSIBILITIES = [
    ("kk", "Қазақстан мен Словения меморандумға қол қою мүмкіндігін қарастырды."),
    ("ru", "Казахстан и Словения рассмотрели возможность подписания меморандума."),
    ("ru", "Казахстан и Словения обсудили возможность заключения соглашения."),
    ("en", "Kazakhstan and Slovenia considered the possibility of signing a memorandum."),
    ("en", "Kazakhstan and Slovenia discussed the prospects of concluding an agreement."),
]


@pytest.mark.parametrize(("lang", "text", "step", "day"), DOCUMENTS)
def test_a_document_is_as_far_as_its_sentence_says(read: Callable, lang: str, text: str, step: str, day: str | None) -> None:
    seen = read(lang, text)
    assert seen.agreements == [(step, PAIR[lang])]
    assert [a.signed_on for a in seen.reading.agreements] == [day]


@pytest.mark.parametrize(("lang", "text"), POSSIBILITIES)
def test_a_possibility_is_no_agreement(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).agreements == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Қазақстан мен Словения «Достық туралы келісім» атты көрмені ашты."),
        ("ru", "Казахстан и Словения открыли выставку «Подписано соглашение»."),
        ("en", "Kazakhstan and Slovenia opened the exhibition “An agreement was signed”."),
    ],
)
def test_a_document_within_quotation_marks_is_none(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).agreements == []


def test_one_document_told_twice_is_one_agreement(read: Callable) -> None:
    seen = read("ru", "Казахстан и Словения подписали соглашение. Подписанное Казахстаном и Словенией соглашение рассчитано на пять лет.")
    (agreement,) = seen.reading.agreements
    assert len(agreement.evidence) >= 1


@pytest.mark.parametrize(
    ("lang", "text", "step"),
    [
        ("ru", "Между Казахстаном и Словенией обсуждаются совместные проекты.", "discussed"),
        ("en", "Joint projects between Kazakhstan and Slovenia were discussed.", "discussed"),
        ("kk", "Қазақстан мен Словения арасында визасыз режим туралы келісім жұмыс істейді.", "existing"),
        ("ru", "Планируется подписание соглашения о защите инвестиций между Казахстаном и Словенией.", "planned"),
    ],
)
def test_what_stands_between_two_parties_is_cooperation_at_its_step(read: Callable, lang: str, text: str, step: str) -> None:
    assert read(lang, text).cooperations == [(step, PAIR[lang])]


@pytest.mark.parametrize(
    ("lang", "talk", "step", "parties"),
    [
        ("kk", "Тараптар бірлескен жобалар мүмкіндігін қарастырды.", "considered", {"Қазақстан", "Киото университеті"}),
        ("kk", "Ректор ынтымақтастыққа қызығушылық білдірді.", "interest", {"Қазақстан", "Киото университеті"}),
        ("ru", "Стороны рассмотрели возможность совместных проектов.", "considered", {"Казахстан", "Киотский университет"}),
        ("ru", "Ректор выразил готовность к обменам.", "readiness", {"Казахстан", "Киотский университет"}),
        ("en", "The sides explored joint projects.", "considered", {"Kazakhstan", "Kyoto University"}),
        ("en", "The rector expressed interest in exchanges.", "interest", {"Kazakhstan", "Kyoto University"}),
    ],
)
def test_the_sides_of_a_meeting_are_as_far_as_their_talk(read: Callable, lang: str, talk: str, step: str, parties: set[str]) -> None:
    meeting = {
        "kk": "Қазақстанның Жапониядағы Елшісі Асқар Бердібаев Киото университетінің ректоры Накамура Хирошимен кездесті.",
        "ru": "Посол Казахстана в Японии Аскар Бердибаев встретился с ректором Киотского университета Хироши Накамурой.",
        "en": "Ambassador of Kazakhstan to Japan Askar Berdibayev met with Hiroshi Nakamura, Rector of Kyoto University.",
    }[lang]
    assert read(lang, f"{meeting} {talk}").cooperations == [(step, parties)]


@pytest.mark.parametrize(
    ("lang", "text", "parties"),
    [
        ("ru", "Университет Порту участвует в проектах ЮНЕСКО.", {"Университет Порту", "ЮНЕСКО"}),
        ("en", "The University of Porto takes part in UNESCO projects.", {"University of Porto", "UNESCO"}),
    ],
)
def test_whoever_takes_part_in_an_organisations_projects_works_with_it(read: Callable, lang: str, text: str, parties: set[str]) -> None:
    assert read(lang, text).cooperations == [("existing", parties)]


@pytest.mark.parametrize(
    ("lang", "text", "parties"),
    [
        ("ru", "Ректор Киотского университета Хироси Накамура и директор Института физики Бекзат Алимов подписали протокол.",
         {"Киотский университет", "Институт физики"}),
        ("ru", "Доклад сделала Ана Мартинш, декан Университета Порту. Она же и директор Института физики Бекзат Алимов подписали протокол.",
         {"Университет Порту", "Институт физики"}),
        ("ru", "Гости осмотрели Сианьский логистический парк. Компания «Дала Энерго» и парк планируют подписать соглашение.",
         {"Дала Энерго", "Сианьский логистический парк"}),
        ("ru", "Ректор Киотского университета Хироси Накамура и директор Института физики Бекзат Алимов поставили свои подписи.",
         {"Киотский университет", "Институт физики"}),
    ],
)  # fmt: skip
def test_who_signs_or_is_meant_by_a_common_noun_is_a_party(read: Callable, lang: str, text: str, parties: set[str]) -> None:
    ((_, found),) = read(lang, text).agreements
    assert found == parties


def test_a_document_dates_from_its_signing_not_from_its_entry_into_force(read: Callable) -> None:
    text = "The agreement between Kazakhstan and Georgia, signed on 3 May 2015, entered into force on 1 March 2020."
    (agreement,) = read("en", text).reading.agreements
    assert (agreement.commitment, agreement.signed_on) == ("existing", "2015-05-03")


@pytest.mark.parametrize(
    ("text", "agreements"),
    [
        ("Киотский университет принял делегацию Университета Порту. Соглашение об обмене студентами между университетами действует с 2019 года.",
         [("existing", {"Киотский университет", "Университет Порту"})]),
        ("Киотский университет и Университет Порту обмениваются студентами по меморандуму 2023 года. На март намечено подписание ими"
         " соглашения о магистратуре.", [("existing", {"Киотский университет", "Университет Порту"}),
                                         ("planned", {"Киотский университет", "Университет Порту"})]),
        ("Соглашение о воздушном сообщении Казахстан и Чили пока лишь парафировали, подпись под ним ожидается в апреле.",
         [("planned", {"Казахстан", "Чили"})]),
        ("Киотский университет принял гостей. Ведущие университеты Чили подписали соглашение.", []),
        ("Переговоры с Генеральным секретарём ОБСЕ Хуаном Пересом прошли в один день с подписанием соглашения.", []),
        ("Ректор Киотского университета Хироси Накамура и ректор Университета Порту Ана Мартинш подписали меморандум: студенты двух стран"
         " будут учиться вместе.", [("signed", {"Киотский университет", "Университет Порту"})]),
    ],
    ids=["plural", "them", "initialled", "others", "another day", "students of two states"],
)  # fmt: skip
def test_russian_parties_are_those_that_the_words_of_a_document_mean(
    read: Callable, text: str, agreements: list[tuple[str, set[str]]]
) -> None:
    assert [(step, set(parties)) for step, parties in read("ru", text).agreements] == agreements


def test_what_two_bodies_do_together_is_cooperation(read: Callable) -> None:
    text = "Стороны высоко оценили совместные исследования Института физики и Киотского университета."
    assert read("ru", text).cooperations == [("existing", {"Институт физики", "Киотский университет"})]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Елші Айгүл Сатыбалды Копер портының директоры Иван Ковачпен кездесті. Қазақстан мен Словения туралы айтылды.\n"
         "Сапар соңында дипломатиялық паспорт иелерін визадан босату туралы келісімге қол қойылды."),
        ("ru", "Посол Казахстана в Словении Айгуль Сатыбалды встретилась с ректором Приморского университета Иваном Ковачем.\n"
         "По итогам визита подписано соглашение об освобождении от виз владельцев дипломатических паспортов."),
        ("en", "Aigul Satybaldy, Ambassador of Kazakhstan to Slovenia, met Ivan Kovač, Rector of the University of Primorska.\n"
         "A visa exemption agreement for holders of diplomatic passports was signed at the end of the visit."),
    ],
)  # fmt: skip
def test_what_states_alone_agree_on_is_between_the_states_and_not_their_last_hosts(read: Callable, lang: str, text: str) -> None:
    assert ("signed", PAIR[lang]) in read(lang, text).agreements
