"""Names in running text: persons, bodies and places, by what stands around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PERSONS = [
    ("kk", "Министр Әсел Жұмабекова сөз сөйледі.", "Әсел Жұмабекова"),
    ("ru", "Декан Ана Мартинш выступила с речью.", "Ана Мартинш"),
    ("en", "Ambassador of Kazakhstan to Japan, Askar Berdibayev, spoke.", "Askar Berdibayev"),
    ("kk", "Д. Нұрланов пен Чжао мырза кездесті.", "Чжао"),
    ("ru", "Бекзат Алимов встретился с г-ном Чжао.", "Чжао"),
    ("ru", "Бекзат Алимов встретился с госпожой Силвой.", "Силва"),
    ("en", "Bekzat Alimov met with Mr Zhao.", "Zhao"),
    ("en", "Bekzat Alimov met with Mr Park Jinwoo.", "Park Jinwoo"),
    ("kk", "Д. Нұрланов пен Чжао мырза кездесті.", "Д. Нұрланов"),
    ("ru", "Д. Нурланов выступил с речью.", "Д. Нурланов"),
    ("en", "D. Nurlanov addressed the forum.", "D. Nurlanov"),
]
CAREFUL = [  # every person that a text names, and nobody else
    ("ru", "Приём дал мэр Гааги Ян ван Остен.", {"Ян ван Остен"}),
    ("ru", "Беседа с губернатором штата Керала Мукешем Лалом прошла.", {"Мукеш Лал"}),
    ("ru", "В группу вошли депутаты Ольга Ким, Ахмет Салыков и Бибинур Исина.", {"Ольга Ким", "Ахмет Салыков", "Бибинур Исина"}),
    ("en", "The group included senators Olga Kim, Akmet Salykov and Binur Issina.", {"Olga Kim", "Akmet Salykov", "Binur Issina"}),
    ("ru", "Еврокомиссар Йозеф Скала объявил о гранте.", {"Йозеф Скала"}),
    ("en", "Businessman Rui Morais da Silva spoke.", {"Rui Morais da Silva"}),
    ("en", "Rui Morais has been appointed Honorary Consul.", {"Rui Morais"}),
    ("en", "Guests met with State Secretary of the Ministry of Foreign Affairs Rasto Chovan.", {"Rasto Chovan"}),
    ("en", "The dean of the Faculty of Engineering Rui Calado spoke.", {"Rui Calado"}),
    ("en", "They toured the Technical University, whose rector spoke. The talks were in Washington, D.C. They ended.", set()),
    ("ru", "Председатель Центрального банка («Банк Негара Ланка») выступил.", set()),
    ("ru", "Открылась выставка «Мир глазами Ивана Петрова».", set()),
    ("ru", "Лошади Пржевальского прибыли.", set()),
    ("ru", "Беседа свела в Страсбурге председателя суда Эльдану Нурмагамбетову.", {"Эльдана Нурмагамбетова"}),
]
BODIES = [
    ("kk", "Порту университетінде көрме ашылды.", "Порту университеті", "University"),
    ("ru", "В Университете Порту открылась выставка.", "Университет Порту", "University"),
    ("en", "An exhibition opened at the University of Porto.", "University of Porto", "University"),
    ("kk", "Ұлттық «Барыс» инновациялық орталығы ашылды.", "Барыс", "ResearchCentre"),
    ("ru", "Центр «Барыс» и компания «Тұлпар Логистика» представили проект.", "Тұлпар Логистика", "Company"),
    ("ru", "Генеральный директор компании «Дала Энерго» Марат Сулейменов выступил.", "Дала Энерго", "Company"),
    ("kk", "«Дала Энерго» компаниясының бас директоры Марат Сүлейменов келді.", "Дала Энерго", "Company"),
    ("kk", "Кеше Orbitek Systems жобаны ұсынды.", "Orbitek Systems", "Organization"),
    ("ru", "Вчера Orbitek Systems представила проект.", "Orbitek Systems", "Organization"),
    ("kk", "Airbus компаниясы жобаны ұсынды.", "Airbus", "Company"),
    ("ru", "Министерство культуры Казахстана провело концерт.", "Министерство культуры Казахстана", "Ministry"),
    ("en", "The Ministry of Energy of Kazakhstan held a forum.", "Ministry of Energy of Kazakhstan", "Ministry"),
    ("ru", "Открыт Физический институт имени В.Г. Петрова.", "Физический институт имени В.Г. Петрова", "ResearchInstitute"),
    (
        "ru",
        "Открыт Уральский национальный исследовательский университет.",
        "Уральский национальный исследовательский университет",
        "University",
    ),
    ("ru", "Гости осмотрели корпуса Университета Ланкара.", "Университет Ланкара", "University"),
    ("ru", "Доклад сделал декан Аграрного университета в Лугове (LAU).", "Аграрный университет в Лугове", "University"),
    ("ru", "Выступил секретарь Круга стран против засухи (КСПЗ).", "Круг стран против засухи", "Organization"),
    ("en", "They came from the Circle of Nations against Drought (CNAD).", "Circle of Nations against Drought", "Organization"),
    ("ru", "Приехал генеральный директор «Степной железной дороги» Марат Сулейменов.", "Степная железная дорога", "Company"),
    (
        "ru",
        "Он посетил Международный центр зелёных технологий «Росток».",
        "Международный центр зелёных технологий «Росток»",
        "ResearchCentre",
    ),
    ("en", "The talks of the Eurasian Economic Union and Serbia ended.", "Eurasian Economic Union", "InternationalOrganization"),
    ("en", "They thanked WHO for the help.", "WHO", "InternationalOrganization"),
]
PLACES = [
    ("kk", "Турин облысындағы Новара қаласы қонақ күтті.", "Новара", "City"),
    ("kk", "Кеше олар Сан-Паулу штаты жайлы айтты.", "Сан-Паулу штаты", "Region"),
    ("ru", "Гостей встретил город Кунео.", "Кунео", "City"),
    ("ru", "Гостей встретила Жамбылская область.", "Жамбылская область", "Region"),
    ("en", "Guests came to the city of Cuneo.", "Cuneo", "City"),
    ("en", "Guests came from Zhambyl Region.", "Zhambyl Region", "Region"),
]


@pytest.mark.parametrize(("lang", "text", "name"), PERSONS)
def test_an_office_a_courtesy_or_initials_show_a_person(read: Callable, lang: str, text: str, name: str) -> None:
    assert read(lang, text).names.get(name) == "Person"


@pytest.mark.parametrize(("lang", "text", "persons"), CAREFUL)
def test_persons_are_read_whole_and_nothing_else_is_one(read: Callable, lang: str, text: str, persons: set[str]) -> None:
    assert {name for name, kind in read(lang, text).names.items() if kind == "Person"} == persons


@pytest.mark.parametrize(("lang", "text", "name", "kind"), BODIES)
def test_a_head_noun_quotes_or_latin_script_show_a_body(read: Callable, lang: str, text: str, name: str, kind: str) -> None:
    assert read(lang, text).names.get(name) == kind


@pytest.mark.parametrize(("lang", "text", "name", "kind"), PLACES)
def test_a_noun_of_place_shows_a_place(read: Callable, lang: str, text: str, name: str, kind: str) -> None:
    assert read(lang, text).names.get(name) == kind


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Министр иностранных дел Российской Федерации прибыл.", ["Российская Федерация"]),
        ("Вузы участвуют в программе «Европа – Центральная Азия».", []),
        ("Доклад читал профессор В.Г. Сулейменов.", []),
    ],
)
def test_a_state_is_no_body_and_a_title_names_no_place(read: Callable, text: str, places: list[str]) -> None:
    names = read("ru", text).names
    assert [name for name, kind in names.items() if kind != "Person"] == places
    assert all(kind in {"Country", "Person"} for kind in names.values())


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("kk", "Ә. Сұлтанов атындағы Тараз ұлттық университеті ашылды.", "Ә. Сұлтанов атындағы Тараз ұлттық университеті"),
        ("ru", "Открыт Институт математики имени А. Колмогорова.", "Институт математики имени А. Колмогорова"),
        ("en", "K. Satybaldin Technical University was opened.", "K. Satybaldin Technical University"),
    ],
)
def test_whom_a_body_is_named_after_is_no_person_of_the_text(read: Callable, lang: str, text: str, name: str) -> None:
    names = read(lang, text).names
    assert name in names
    assert "Person" not in names.values()


@pytest.mark.parametrize(
    ("lang", "text", "name", "acronym"),
    [
        ("kk", "Дүниежүзілік денсаулық сақтау ұйымы (ДДСҰ) есеп берді.", "Дүниежүзілік денсаулық сақтау ұйымы", "ДДСҰ"),
        ("ru", "Киотский университет (KU) открыл кафедру. KU основан давно.", "Киотский университет", "KU"),
        ("en", "Kyoto University (KU) opened a chair. KU is old.", "Kyoto University", "KU"),
    ],
)
def test_an_acronym_in_brackets_is_another_name_of_the_body(read: Callable, lang: str, text: str, name: str, acronym: str) -> None:
    seen = read(lang, text)
    (body,) = [e for e in seen.reading.entities if e.kind in {"University", "InternationalOrganization"}]
    assert (body.name, body.acronym) == (name, acronym)


@pytest.mark.parametrize(
    ("lang", "text", "full"),
    [
        ("kk", "Декан Ана Мартинш келді. А. Мартинш сөз сөйледі. Мартинш кетті.", "Ана Мартинш"),
        ("ru", "Посол Аскар Бердибаев прибыл. Бердибаев отметил рост обменов.", "Аскар Бердибаев"),
        ("en", "Rector Ana Martins arrived. Martins praised the exchanges.", "Ana Martins"),
    ],
)
def test_a_surname_alone_is_the_person_named_in_full(read: Callable, lang: str, text: str, full: str) -> None:
    (person,) = [e for e in read(lang, text).reading.entities if e.kind == "Person"]
    assert person.name == full
    assert len(person.mentions) >= 2


def test_an_english_headline_names_no_person_that_the_body_does_not(read: Callable) -> None:
    names = read("en", "The forum was opened by President Arman Sabitov.", title="Head Arman Sabitov Opens Grand Forum").names
    assert [name for name, kind in names.items() if kind == "Person"] == ["Arman Sabitov"]


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, text, *_ in (*PERSONS, *BODIES, *PLACES)])
def test_a_mention_quotes_the_text_where_it_stands(read: Callable, lang: str, text: str) -> None:
    mentions = [m for e in read(lang, text).reading.entities for m in e.mentions]
    assert mentions
    assert all(text[m.start : m.end] == m.text for m in mentions)


def test_no_name_begins_in_brackets_and_ends_behind_them(read: Callable) -> None:
    names = read("en", "They met at the United Nations (UN) General Assembly in New York.").names
    assert "UN) General Assembly" not in names and names["United Nations"] == "InternationalOrganization"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Грамотаны Елші Кнут Харлемдтен алды. К. Харлемд сөз сөйледі.", "Кнут Харлемд"),
        ("Сенатор Фредрик Стрёмхольмнің сапары аяқталды.", "Фредрик Стрёмхольм"),
    ],
)
def test_a_kazakh_case_comes_off_a_foreign_name_that_the_text_also_has_bare(read: Callable, text: str, name: str) -> None:
    assert [n for n, kind in read("kk", text).names.items() if kind == "Person"] == [name]


def test_a_body_keeps_the_whole_name_of_the_person_it_is_called_after(read: Callable) -> None:
    names = read("kk", "Делегация кеше Ахмед бин Салман университетінде болды.").names
    assert names.get("Ахмед бин Салман университеті") == "University" and "Person" not in names.values()
