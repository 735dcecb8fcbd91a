"""Who holds what office, of which body, for which state, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

KK, RU, EN = "Қазақстан", "Казахстан", "Kazakhstan"
POSTS = [  # (person, role, organisation, state served, receiving side)
    ("kk", "Қазақстанның Португалиядағы елшісі Ержан Сапаров келді.", ("Ержан Сапаров", "ambassador", None, KK, "Португалия")),
    ("kk", "Ержан Сапаров – Қазақстанның Португалиядағы елшісі.", ("Ержан Сапаров", "ambassador", None, KK, "Португалия")),
    ("kk", "Қазақстанның Жапониядағы Төтенше және Өкілетті Елшісі Асқар Бердібаев келді.",
     ("Асқар Бердібаев", "ambassador", None, KK, "Жапония")),
    ("ru", "Чрезвычайный и Полномочный Посол Республики Казахстан в Португалии Ержан Сапаров прибыл.",
     ("Ержан Сапаров", "ambassador", None, "Республика Казахстан", "Португалия")),
    ("ru", "Ержан Сапаров, Посол Казахстана в Португалии, прибыл.", ("Ержан Сапаров", "ambassador", None, RU, "Португалия")),
    ("en", "Ambassador of Kazakhstan to Portugal Yerzhan Saparov spoke.", ("Yerzhan Saparov", "ambassador", None, EN, "Portugal")),
    ("en", "Kazakhstan's Ambassador to Portugal Yerzhan Saparov spoke.", ("Yerzhan Saparov", "ambassador", None, EN, "Portugal")),
    ("en", "Yerzhan Saparov, Ambassador of Kazakhstan to Portugal, spoke.", ("Yerzhan Saparov", "ambassador", None, EN, "Portugal")),
    ("kk", "Германияның Алматыдағы Бас консулы Анна Вебер келді.", ("Анна Вебер", "consul-general", None, "Германия", KK)),
    ("ru", "Генеральный консул Германии в Алматы Анна Вебер прибыла.", ("Анна Вебер", "consul-general", None, "Германия", RU)),
    ("en", "Consul General of Germany in Almaty Anna Weber spoke.", ("Anna Weber", "consul-general", None, "Germany", EN)),
    ("kk", "Қазақстан Сыртқы істер министрінің орынбасары Бекзат Алимов келді.", ("Бекзат Алимов", "deputy-minister", None, KK, None)),
    ("ru", "Заместитель министра иностранных дел Казахстана Бекзат Алимов прибыл.",
     ("Бекзат Алимов", "deputy-minister", None, RU, None)),
    ("en", "Deputy Minister of Foreign Affairs of Kazakhstan Bekzat Alimov spoke.",
     ("Bekzat Alimov", "deputy-minister", None, EN, None)),
]  # fmt: skip
BODIES = [  # (person, role, organisation)
    ("kk", "Қазақстан Парламенті Сенатының төрағасы Самат Жүнісов келді.",
     ("Самат Жүнісов", "speaker-of-parliament", "Қазақстан Парламенті Сенаты")),
    ("ru", "Маршал Сейма Польши Анна Новак прибыла.", ("Анна Новак", "speaker-of-parliament", "Сейм Польши")),
    ("en", "Chair of the Senate of Kazakhstan Samat Zhunusov spoke.", ("Samat Zhunusov", "speaker-of-parliament", "Senate of Kazakhstan")),
    ("kk", "Киото университетінің президенті Накамура Хироши келді.", ("Накамура Хироши", "rector", "Киото университеті")),
    ("en", "President of Kyoto University Hiroshi Nakamura spoke.", ("Hiroshi Nakamura", "rector", "Kyoto University")),
    ("en", "Hiroshi Nakamura, Rector of Kyoto University (KU), spoke.", ("Hiroshi Nakamura", "rector", "Kyoto University")),
    ("kk", "«Дала Энерго» компаниясының бас директоры Марат Сүлейменов келді.", ("Марат Сүлейменов", "chief-executive", "Дала Энерго")),
    ("en", "Chairman of the Board of Dala Energo JSC Marat Suleimenov spoke.", ("Marat Suleimenov", "chairperson", "Dala Energo JSC")),
    ("kk", "Порту университетінің Инженерия факультеті деканы Ана Мартинш келді.", ("Ана Мартинш", "dean", "Инженерия факультеті")),
    ("ru", "Декан Инженерного факультета Университета Порту Ана Мартинш прибыла.", ("Ана Мартинш", "dean", "Инженерный факультет")),
    ("kk", "Қазақстан Республикасының Энергетика министрлігі форум өткізді. Энергетика министрі Әсел Жұмабекова сөз сөйледі.",
     ("Әсел Жұмабекова", "minister", "Қазақстан Республикасының Энергетика министрлігі")),
    ("ru", "Министерство энергетики Казахстана провело форум. Министр энергетики Асель Жумабекова выступила.",
     ("Асель Жумабекова", "minister", "Министерство энергетики Казахстана")),
    ("ru", "Министр культуры Казахстана Асель Жумабекова выступила. Министерство культуры Казахстана провело концерт.",
     ("Асель Жумабекова", "minister", "Министерство культуры Казахстана")),
]  # fmt: skip


WHOLE = [  # every office that a text gives: (person, role, organisation, state served, receiving side)
    ("ru", "Посол Казахстана в Египте (по совместительству в Ливии и Судане) Аскар Женисов прибыл.",
     {("Аскар Женисов", "ambassador", None, RU, place) for place in ("Египет", "Ливия", "Судан")}),
    ("en", "Askar Zhenisov, Ambassador of Kazakhstan to Egypt, concurrently accredited to Libya and Sudan, arrived.",
     {("Askar Zhenisov", "ambassador", None, EN, place) for place in ("Egypt", "Libya", "Sudan")}),
    ("ru", "Приехали министры энергетики Казахстана и Грузии Бекзат Алимов и Давид Мчедлидзе.",
     {("Бекзат Алимов", "minister", None, RU, None), ("Давид Мчедлидзе", "minister", None, "Грузия", None)}),
    ("ru", "Депутаты Сената Казахстана Анна Ким, Бекзат Алимов и Бибинур Исина прибыли.",
     {(name, "member-of-parliament", "Сенат Казахстана", RU, None) for name in ("Анна Ким", "Бекзат Алимов", "Бибинур Исина")}),
    ("ru", "Встречу провёл премьер-министр, министр иностранных дел Катара Ахмед Мансур.",
     {("Ахмед Мансур", role, None, "Катар", None) for role in ("prime-minister", "minister")}),
    ("ru", "Бекзат Алимов назначен Послом Казахстана в Грузии.", {("Бекзат Алимов", "ambassador", None, RU, "Грузия")}),
    ("en", "Bekzat Alimov has been appointed Ambassador of Kazakhstan to Georgia.", {("Bekzat Alimov", "ambassador", None, EN, "Georgia")}),
    ("ru", "Казахстанскую делегацию возглавил заместитель министра юстиции Бекзат Алимов.",
     {("Бекзат Алимов", "deputy-minister", None, RU, None)}),
    ("ru", "От Казахстана выступил министр юстиции Бекзат Алимов.", {("Бекзат Алимов", "minister", None, RU, None)}),
    ("ru", "Прибыл председатель Национального совета Словацкой Республики Рихард Блаха.",
     {("Рихард Блаха", "speaker-of-parliament", "Национальный совет Словацкой Республики", "Словакия", None)}),
    ("ru", "От Университета Порту договор подписал вице-президент Руй Мораиш.", {("Руй Мораиш", "vice-rector", "Университет Порту", None, None)}),
    ("ru", "Казахская академия спорта и факультет права Университета Порту договорились. Первый проректор академии Бекзат Алимов выступил.",
     {("Бекзат Алимов", "vice-rector", "Казахская академия спорта", None, None)}),
    ("ru", "Договор подписал генеральный директор компании «Дала Энерго» Бекзат Алимов.",
     {("Бекзат Алимов", "chief-executive", "Дала Энерго", None, None)}),
    ("ru", "Прибыл генеральный директор Национального музея Казахстана Бекзат Алимов.",
     {("Бекзат Алимов", "director", "Национальный музей Казахстана", None, None)}),
    ("en", "The President of Kyoto University, Professor Hiroshi Nakamura, spoke.", {("Hiroshi Nakamura", "rector", "Kyoto University", None, None)}),
    ("ru", "Прибыл министр высшего образования, науки и инноваций Узбекистана Бекзат Алимов.",
     {("Бекзат Алимов", "minister", None, "Узбекистан", None)}),
    ("ru", "В переговорах участвовали ректор и проректор Киотского университета Руй Мораиш и Ана Мартинш.",
     {("Руй Мораиш", "rector", "Киотский университет", None, None), ("Ана Мартинш", "vice-rector", "Киотский университет", None, None)}),
    ("ru", "Председатель правления – ректор Казахского национального университета имени аль-Фараби Жансеит Алимов выступил.",
     {("Жансеит Алимов", role, "Казахский национальный университет имени аль-Фараби", None, None) for role in ("chairperson", "rector")}),
    ("ru", "Спецпредставитель Президента Казахстана по международному сотрудничеству Ержан Алимов выступил.",
     {("Ержан Алимов", "representative", None, RU, None)}),
    ("ru", "Глава представительства ЮНИСЕФ в Казахстане Рашед Сарвар выступил.", {("Рашед Сарвар", "representative", "ЮНИСЕФ", None, RU)}),
    ("ru", "Посол Казахстана в Австрии, Постоянный представитель при международных организациях в Вене Мухтар Алимов выступил.",
     {("Мухтар Алимов", "ambassador", None, RU, "Австрия"), ("Мухтар Алимов", "representative", None, RU, None)}),
    ("ru", "Министерство энергетики Грузии провело форум. Глава ведомства Давид Мчедлидзе выступил.",
     {("Давид Мчедлидзе", "minister", "Министерство энергетики Грузии", "Грузия", None)}),
    ("ru", "Встретились министр иностранных дел Казахстана Мурат Алимов и его финский коллега, министр иностранных дел Элина Валтонен.",
     {("Мурат Алимов", "minister", None, RU, None), ("Элина Валтонен", "minister", None, "Финляндия", None)}),
    ("ru", "Директор Департамента Америки Министерства иностранных дел Казахстана Аскар Женисов выступил.",
     {("Аскар Женисов", "head-of-department", "Министерство иностранных дел Казахстана", RU, None)}),
    ("ru", "Председатель комитета по международным делам Мажилиса Парламента Казахстана Айгуль Алимова выступила.",
     {("Айгуль Алимова", "chairperson", "Мажилис Парламента Казахстана", RU, None)}),
    ("ru", "Советник Посольства Казахстана в Польше Аскар Женисов выступил.", {("Аскар Женисов", "diplomat", None, RU, "Польша")}),
    ("ru", "Национальная библиотека Узбекистана открыла зал. Её директор Умида Азизова выступила.",
     {("Умида Азизова", "director", "Национальная библиотека Узбекистана", None, None)}),
    ("ru", "Глава МИД Финляндии Элина Валтонен выступила.", {("Элина Валтонен", "minister", "МИД Финляндии", "Финляндия", None)}),
    ("ru", "Выступил профессор Кэндзи Исида из Киотского университета.", {("Кэндзи Исида", "professor", "Киотский университет", None, None)}),
    ("en", "Professor Kenji Ota of Kyoto University spoke.", {("Kenji Ota", "professor", "Kyoto University", None, None)}),
    ("en", "UN Resident Coordinator in Kazakhstan Sarah Walsh spoke.", {("Sarah Walsh", "representative", "UN", None, EN)}),
    ("en", "Member of the Bundestag Anna Weber spoke.", {("Anna Weber", "member-of-parliament", "Bundestag", "Germany", None)}),
    ("en", "Adviser to the Prime Minister of Portugal Rui Morais spoke.", {("Rui Morais", "expert", None, "Portugal", None)}),
    ("kk", "Қазақстанның Кениядағы Елшісі, ЮНЕП жанындағы Тұрақты өкілі Бекзат Алимов келді.",
     {("Бекзат Алимов", "ambassador", None, KK, "Кения"), ("Бекзат Алимов", "representative", "ЮНЕП", KK, None)}),
    ("kk", "Португалия Президентінің кеңесшісі Руй Мораиш келді.", {("Руй Мораиш", "expert", None, "Португалия", None)}),
    ("kk", "Грузияның Энергетика министрлігі форум өткізді. Ведомство басшысы Давид Мчедлидзе оны ашты.",
     {("Давид Мчедлидзе", "minister", "Энергетика министрлігі", "Грузия", None)}),
]  # fmt: skip
FORMER = [
    ("ru", "С лекцией выступил бывший министр иностранных дел Японии Таро Коно."),
    ("ru", "В Алматы приехала экс-президент Финляндии Тарья Халонен."),
    ("ru", "Выступил бывший первый заместитель министра энергетики Казахстана Бекзат Алимов."),
    ("en", "Former Norwegian Prime Minister Jens Hansen delivered a lecture."),
    ("en", "Rui Morais, former Minister of Economy of Portugal, delivered a lecture."),
    ("kk", "Финляндияның бұрынғы Президенті Тарья Халонен келді."),
    ("kk", "Жапонияның экс-министрі Таро Коно келді."),
]


@pytest.mark.parametrize(("lang", "text"), FORMER)
def test_an_office_that_somebody_has_left_is_no_position_of_his(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).positions == set()


@pytest.mark.parametrize(("lang", "text", "posts"), WHOLE)
def test_every_office_of_a_sentence_is_read(read: Callable, lang: str, text: str, posts: set[tuple[str | None, ...]]) -> None:
    assert read(lang, text).positions == posts


@pytest.mark.parametrize(("lang", "text", "post"), POSTS)
def test_a_post_is_read_in_whatever_order_its_words_stand(read: Callable, lang: str, text: str, post: tuple[str | None, ...]) -> None:
    assert read(lang, text).positions == {post}


@pytest.mark.parametrize(("lang", "text", "office"), BODIES)
def test_an_office_belongs_to_its_body_which_may_rename_it(read: Callable, lang: str, text: str, office: tuple[str, ...]) -> None:
    assert read(lang, text).offices == {office}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Басқарма төрағасы – ректор Қайрат Омаров баяндама жасады."),
        ("ru", "Председатель правления – ректор Кайрат Омаров выступил с докладом."),
        ("en", "Chairman of the Board and Rector Kairat Omarov delivered a report."),
    ],
)
def test_two_offices_joined_are_one_persons(read: Callable, lang: str, text: str) -> None:
    assert {(role, len(read(lang, text).reading.entities)) for _, role, _ in read(lang, text).offices} == {
        ("chairperson", 1),
        ("rector", 1),
    }


def test_an_envoy_who_also_stands_at_an_organisation_holds_two_posts(read: Callable) -> None:
    offices = read("kk", "Қазақстанның Австриядағы елшісі – ЕҚЫҰ жанындағы Тұрақты өкілі Ержан Сапаров келді.").offices
    assert offices == {("Ержан Сапаров", "ambassador", None), ("Ержан Сапаров", "representative", "ЕҚЫҰ")}


@pytest.mark.parametrize(
    ("lang", "text", "states"),
    [
        ("kk", "Қазақстан Сыртқы істер министрі Бекзат Алимов пен Чили Сыртқы істер министрі Хуан Перес келді.", {KK, "Чили"}),
        ("ru", "Министр иностранных дел Казахстана Бекзат Алимов и министр иностранных дел Чили Хуан Перес прибыли.", {RU, "Чили"}),
        ("en", "Minister of Foreign Affairs of Kazakhstan Bekzat Alimov and Minister of Foreign Affairs of Chile Juan Pérez spoke.",
         {EN, "Chile"}),
    ],
)  # fmt: skip
def test_each_of_two_ministers_serves_his_own_state(read: Callable, lang: str, text: str, states: set[str]) -> None:
    seen = read(lang, text)
    assert {state for *_, state, _ in seen.positions} == states
    assert len({person for person, *_ in seen.positions}) == 2


def test_an_office_without_a_holder_is_no_position(read: Callable) -> None:
    assert read("kk", "Қазақстанның жаңа елшісі әлі тағайындалған жоқ.").positions == set()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "БҰҰ Бас хатшысының Орталық Азия бойынша арнайы өкілі Анна Вебер келді."),
        ("ru", "Специальный представитель Европейского союза в Центральной Азии Анна Вебер прибыла."),
        ("en", "Special Representative of the European Union for Central Asia Anna Weber spoke."),
    ],
)
def test_a_region_of_several_states_is_nobody_to_be_accredited_to(read: Callable, lang: str, text: str) -> None:
    assert {receiving for *_, receiving in read(lang, text).positions} == {None}


@pytest.mark.parametrize("domain", ["Education and Student Life", "Student Affairs", "Expert Support and Student Exchange"])
def test_a_domain_that_names_students_or_experts_is_no_office(read: Callable, domain: str) -> None:
    text = f"The Rector of Kyoto University, Hiroshi Nakamura, received the Vice-Rector for {domain}, Anna Weber."
    assert {(person, role) for person, role, _ in read("en", text).offices} == {
        ("Hiroshi Nakamura", "rector"),
        ("Anna Weber", "vice-rector"),
    }


@pytest.mark.parametrize(("lang", "body", "house"), [
    ("en", "Jean Dupont, Vice-President of the French Senate, spoke. Marie Leclerc, Secretary General of the Senate, attended.", "French Senate"),
    ("ru", "Выступил вице-председатель Сената Франции Жан Дюпон. Спикер Сената Мари Леклер прибыла.", "Сенат Франции"),
    ("en", "Guests of the French Senate came to the Senate of Kazakhstan. Anna Kim, Deputy Chair of the Senate, spoke.", "Senate of Kazakhstan"),
])  # fmt: skip
def test_a_house_without_its_state_is_the_one_named_before(read: Callable[..., Any], lang: str, body: str, house: str) -> None:
    named = {organization for _, _, organization, *_ in read(lang, body).positions}
    assert named == {house}


@pytest.mark.parametrize(("lang", "body"), [
    ("en", "The Ambassador toured Dublin City University. A meeting with Brennock's chief executive Andy Cronin followed."),
    ("en", "The Ambassador toured Dublin City University. Andy Cronin, CEO of Brennock, spoke."),
    ("en", "The Ambassador toured Dublin City University. Andy Cronin, Export Director at Brennock, spoke."),
])  # fmt: skip
def test_an_office_of_what_nobody_knows_takes_no_other_body(read: Callable[..., Any], lang: str, body: str) -> None:
    assert {organization for _, _, organization, *_ in read(lang, body).positions} <= {None, "Brennock"}


def test_two_offices_beside_a_hyphened_word_are_of_two_persons(read: Callable[..., Any]) -> None:
    seen = read("kk", "Елші сондай-ақ Любляна университетінің проректоры Мойца Кнезбен кездесті.")
    assert {(person, role) for person, role, *_ in seen.positions} == {("Мойца Кнез", "vice-rector")}


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("ru", "Гости осмотрели Институт гидрологии при Люблянском университете, где их встретил директор Юре Новак.", "Институт гидрологии"),
        ("en", "The guests saw the Institute of Hydrology at the University of Ljubljana, where director Jure Novak met them.", "Institute of Hydrology"),
    ],
)  # fmt: skip
def test_a_director_is_that_of_the_institute_and_not_of_the_university_that_houses_it(
    read: Callable, lang: str, text: str, body: str
) -> None:
    assert [(role, where) for _, role, where in read(lang, text).offices] == [("director", body)]
