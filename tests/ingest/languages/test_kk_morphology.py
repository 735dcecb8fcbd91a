"""What Kazakh words mean by their endings, and the endings that meanings take."""

import pytest

from elshi import ElshiError
from elshi.ingest.languages.kk import Analysis, analyse, inflect, make_nlp, nominative
from elshi.ingest.languages.kk.morphology import evidence_of

NLP = make_nlp()

NOMINALS = """
университетінің   университет   Gen 3 Sing
орталықтарының    орталық       Gen 3 Plur
министрлігінде    министрлік    Loc 3 Sing
саласындағы       сала          Loc 3 Sing attr
Бельгиядағы       Бельгия       Loc - Sing attr
елімізде          ел            Loc 1+ Sing
халқымен          халық         Ins 3 Sing
қаупі             қауіп         Nom 3 Sing
конституциясының  конституция   Gen 3 Sing
институттардың    институт      Gen - Plur
агенттігінің      агенттік      Gen 3 Sing
туристерге        турист        Dat - Plur
айтуынша          айту          Equ 3 Sing
жылғы             жыл           Nom - Sing attr
Назарбаевтың      Назарбаев     Gen - Sing
Йорктің           Йорк          Gen - Sing
Гонконгте         Гонконг       Loc - Sing
Құнанбайұлының    Құнанбайұлы   Gen - Sing
Қазақстан         Қазақстан     Nom - Sing
Алматы            Алматы        Nom - Sing
Бремен            Бремен        Nom - Sing
Ниссен            Ниссен        Nom - Sing
Схунарспен        Схунарс       Ins - Sing
Хунвэймен         Хунвэй        Ins - Sing
ULiège-де         ULiège        Loc - Sing
АҚШ-тың           АҚШ           Gen - Sing
ТМД-ға            ТМД           Dat - Sing
700-ге            700           Dat - Sing
11%-ті            11%           Acc - Sing
"""

VERBS = [
    ("кездесті", "кездес", "Mood=Ind|Person=3|Tense=Past|VerbForm=Fin"),
    ("талқыланды", "талқыла", "Mood=Ind|Person=3|Tense=Past|VerbForm=Fin|Voice=Pass"),
    ("қойылды", "қой", "Mood=Ind|Person=3|Tense=Past|VerbForm=Fin|Voice=Pass"),
    ("өтеді", "өт", "Mood=Ind|Person=3|Tense=Pres|VerbForm=Fin"),
    ("келмеді", "кел", "Mood=Ind|Person=3|Polarity=Neg|Tense=Past|VerbForm=Fin"),
    ("болмақ", "бол", "Mood=Ind|Person=3|Tense=Fut|VerbForm=Fin"),
    ("күтілуде", "күт", "Aspect=Prog|Tense=Pres|VerbForm=Fin|Voice=Pass"),
    ("өткізген", "өткіз", "Tense=Past|VerbForm=Part"),
    ("құрылған", "құр", "Tense=Past|VerbForm=Part|Voice=Pass"),
    ("өтетін", "өт", "Tense=Pres|VerbForm=Part"),
    ("оқитын", "оқы", "Tense=Pres|VerbForm=Part"),
    ("дамытып", "дамыт", "Aspect=Perf|VerbForm=Conv"),
    ("шығады", "шық", "Mood=Ind|Person=3|Tense=Pres|VerbForm=Fin"),
]


def gold(line: str) -> tuple[str, Analysis]:
    form, lemma, case, poss, number, *attr = line.split()
    return form, Analysis(form, lemma, case=case, poss=None if poss == "-" else poss, number=number, attr=bool(attr))


@pytest.mark.parametrize(("form", "wanted"), [gold(line) for line in NOMINALS.strip().splitlines()])
def test_nominals_give_up_lemma_case_possessor_and_number(form: str, wanted: Analysis) -> None:
    found = analyse(form)
    assert (found.lemma, found.case, found.poss, found.number, found.attr) == (
        wanted.lemma, wanted.case, wanted.poss, wanted.number, wanted.attr,
    )  # fmt: skip


@pytest.mark.parametrize(("form", "stem", "features"), VERBS)
def test_verbs_tell_tense_voice_and_polarity_at_the_end_of_a_clause(form: str, stem: str, features: str) -> None:
    found = analyse(form, clause_end=True)
    assert (found.lemma, found.verb) == (stem, features)


@pytest.mark.parametrize("span", [
    ("Льеж университетінің", "Льеж университеті"),
    ("Оңтүстік Корея Республикасында", "Оңтүстік Корея Республикасы"),
    ("Сыртқы істер министрлігінде", "Сыртқы істер министрлігі"),
    ("Фредерик Схунарспен", "Фредерик Схунарс"),
    ("Джозеф Мваураға", "Джозеф Мваура"),
    ("Қазақстанның Бельгиядағы", "Қазақстанның Бельгия"),
    ("ULiège-де", "ULiège"),
    ("Премьер-министрінің", "Премьер-министрі"),
    ("«Адырна»-ның", "«Адырна»"),
    ("«Эйр Астананың»", "«Эйр Астана»"),
    ("Льеж университеті", "Льеж университеті"),
])  # fmt: skip
def test_the_nominative_of_a_name_keeps_its_possessive_and_loses_its_case(span: tuple[str, str]) -> None:
    assert nominative(NLP(span[0])) == span[1]


def test_a_person_is_not_shortened_by_what_only_looks_like_a_locative() -> None:
    assert nominative(NLP("Ёсида"), kind="PERSON") == "Ёсида"


def test_a_name_seen_bare_elsewhere_in_a_document_settles_its_stem() -> None:
    doc = NLP("Министр Пак Чжун Хомен кездесті. Содан кейін Пак Чжун Хо сөз сөйледі.")
    assert nominative(doc[1:4]) == "Пак Чжун Хо"
    assert evidence_of(["Мваураға", "Мваура"])["мваура"] == 2


def test_a_capital_inside_a_sentence_speaks_against_a_verb() -> None:
    doc = NLP("Кездесуге елші Төлеген Әбішев қатысты.")
    assert doc[2].lemma_ == "Төлеген" and not doc[2].morph.get("VerbForm")


def test_tokens_carry_lemma_and_universal_features() -> None:
    doc = NLP("Тараптар Льеж университетінің ректорымен кездесті.")
    assert [(token.lemma_, str(token.morph)) for token in doc][2:5] == [
        ("университет", "Case=Gen|Number=Sing|Person[psor]=3"),
        ("ректор", "Case=Ins|Number=Sing|Person[psor]=3"),
        ("кездес", "Mood=Ind|Person=3|Tense=Past|VerbForm=Fin"),
    ]


@pytest.mark.parametrize(("lemma", "what", "form"), [
    ("университет", {"poss": "3", "case": "Dat"}, "университетіне"),
    ("халық", {"poss": "3"}, "халқы"),
    ("министрлік", {"poss": "3", "case": "Loc"}, "министрлігінде"),
    ("ел", {"number": "Plur", "poss": "1+", "case": "Dat"}, "елдерімізге"),
    ("орталық", {"number": "Plur", "poss": "3", "case": "Gen"}, "орталықтарының"),
    ("Льеж университеті", {"poss": "=", "case": "Loc"}, "Льеж университетінде"),
    ("Бельгия", {"case": "Loc", "attr": True}, "Бельгиядағы"),
    ("Назарбаев", {"case": "Gen"}, "Назарбаевтың"),
    ("Әуезов", {"case": "Gen"}, "Әуезовтің"),
    ("Ниссен", {"case": "Ins"}, "Ниссенмен"),
    ("Париж", {"case": "Abl"}, "Парижден"),
    ("Найроби", {"case": "Loc"}, "Найробиде"),
    ("рубль", {"poss": "3"}, "рублі"),
    ("АҚШ", {"case": "Gen"}, "АҚШ-тың"),
    ("ТМД", {"case": "Dat"}, "ТМД-ға"),
    ("KAIST", {"case": "Ins"}, "KAIST-пен"),
    ("300", {"case": "Abl"}, "300-ден"),
])  # fmt: skip
def test_forms_are_made_by_harmony_and_assimilation(lemma: str, what: dict[str, str], form: str) -> None:
    assert inflect(lemma, **what) == form  # type: ignore[arg-type]


@pytest.mark.parametrize("lemma", ["университет", "келіссөз", "Астана", "Париж", "Мадрид", "елші", "мектеп", "сарай", "Киев", "үй"])
@pytest.mark.parametrize("case", ["Gen", "Dat", "Acc", "Loc", "Abl", "Ins"])
@pytest.mark.parametrize("poss", [None, "3", "1+"])
def test_what_is_inflected_is_read_back(lemma: str, case: str, poss: str | None) -> None:
    found = analyse(inflect(lemma, case=case, poss=poss))
    assert (found.lemma, found.case, found.poss) == (lemma, case, poss)


def test_an_unknown_case_is_named() -> None:
    with pytest.raises(ElshiError, match="'Voc'"):
        inflect("ел", case="Voc")
