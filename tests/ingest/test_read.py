"""A page becomes a release with its text untouched and its dates, source and language told apart."""

from __future__ import annotations

import hashlib

import pytest

from elshi import resource
from elshi.ingest.model import Page, Release
from elshi.ingest.read import LONGEST_TEXT, Unreadable, normalised, read, release_key

KAZAKH = "Қазақстанның Бельгиядағы Елшісі университет ректорымен кездесу өткізді. Тараптар ынтымақтастықты талқылады."
PROFILE = "Университет 1817 жылы құрылған және Бельгиядағы ең көне зерттеу университеттерінің бірі болып табылады."
RUSSIAN = "Посол Казахстана встретился с ректором университета. Стороны обсудили сотрудничество в науке."
ENGLISH = "The Ambassador of Kazakhstan met the Rector of the university. The sides discussed cooperation in science."


def page(body: str | bytes, media_type: str = "text/plain", **stated: str) -> Page:
    """A page as a file would give it."""
    return Page(name="release.txt", body=body.encode() if isinstance(body, str) else body, media_type=media_type, **stated)


def web_page(article: str, head: str = "") -> str:
    """A news site's page around an article."""
    return (
        f'<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Елші кездесу өткізді — СІМ</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Басты бет</a></li><li><a href="/n">Жаңалықтар</a></li></ul></nav>'
        f"<article>{article}</article><footer>© 2024 Барлық құқықтар қорғалған. <a href='/map'>Карта</a></footer></body></html>"
    )


SAMPLES = sorted(sample.name for sample in resource("data/samples").iterdir())


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_keeps_its_text_and_gives_up_its_header(name: str) -> None:
    body = resource(f"data/samples/{name}").read_bytes()
    release = read(Page(name=name, body=body, media_type="text/plain"))
    first_line = body.decode().splitlines()[0]
    assert release.text.encode() == body
    assert release.lang == name.split(".")[1]
    assert f"date {release.header_date} {release.title}" == first_line
    assert release.text[release.body_start :] == body.decode()[len(first_line) + 1 :]
    assert release.issued is None


def test_a_byte_order_mark_and_nothing_else_is_taken_off() -> None:
    text = f"  date 2026-03-04 Елші кездесті\r\n\r\n{KAZAKH}\r\n\tСоңы. \n"
    release = read(page(b"\xef\xbb\xbf" + text.encode()))
    assert release.text == text
    assert release.text[release.body_start :].startswith(KAZAKH)
    assert release.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (release.header_date, release.title) == ("2026-03-04", "Елші кездесті")


def test_mixed_script_spellings_stay_as_written() -> None:
    mixed = "Cыртқы істер министрі кездесу өткізді. " + KAZAKH  # the first letter is a Latin C
    assert read(page(mixed)).text == mixed


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (f"Елші кездесті\n{KAZAKH}", "Елші кездесті", KAZAKH),
        (f"{KAZAKH}\n{KAZAKH}", KAZAKH, f"{KAZAKH}\n{KAZAKH}"),
        (f"date 2026-03-04\nЕлші кездесті\n{KAZAKH}", "Елші кездесті", KAZAKH),
        ("Елші ректормен кездесті", "Елші ректормен кездесті", "Елші ректормен кездесті"),
    ],
)
def test_without_a_header_the_first_line_is_the_title(text: str, title: str, body: str) -> None:
    release = read(page(text))
    assert (release.title, release.text[release.body_start :]) == (title, body)


def test_a_long_first_paragraph_is_cut_for_the_title_and_kept_in_the_body() -> None:
    release = read(page("Елші кездесу өткізді " * 20))
    assert release.title.endswith(" …") and len(release.title) <= 202
    assert release.body_start == 0


@pytest.mark.parametrize(
    ("text", "lang"), [(KAZAKH, "kk"), (RUSSIAN, "ru"), (ENGLISH, "en"), ("Посол прибыл.", "ru"), ("Елші келді.", "kk")]
)
def test_the_language_is_found(text: str, lang: str) -> None:
    assert read(page(text)).lang == lang


def test_kazakh_names_do_not_make_a_russian_text_kazakh() -> None:
    assert read(page(f"Қасым-Жомарт Тоқаев принял посла. {RUSSIAN} {RUSSIAN}")).lang == "ru"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Qazaqstannyñ Belgïyadağı Elşisi wnïversïtet rektorımen kezdesw ötkizdi.", "Kazakh in Latin letters"),
        ("哈萨克斯坦驻比利时大使会见列日大学校长。双方讨论了科学和创新领域的合作。", "neither Cyrillic nor Latin"),
        ("L'ambassadeur du Kazakhstan a rencontré la rectrice de l'Université de Liège. Les parties ont discuté.", "nearest to fr"),
        ("Кыргыз Республикасынын элчиси университеттин ректору менен жолугушту. Тараптар кызматташтыкты талкуулашты.", "nearest to ky"),
        ("Посол України зустрівся з ректором університету. Сторони обговорили співпрацю у сфері освіти.", "nearest to uk"),
        ("27 000 — 5 700", "no words"),
    ],
)
def test_another_language_is_refused_by_name(text: str, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause):
        read(page(text))


def test_a_declared_language_is_believed_unless_the_script_denies_it() -> None:
    assert read(page("Посол прибыл.", lang="ru")).lang == "ru"
    with pytest.raises(Unreadable, match="declared as en, but written in Cyrillic"):
        read(page(KAZAKH, lang="en"))
    with pytest.raises(Unreadable, match="declared as zh"):
        read(page(KAZAKH, lang="zh"))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (KAZAKH, "kz1048"), (RUSSIAN, "koi8_r"), (RUSSIAN, "cp866"), (KAZAKH, "utf-16"), (KAZAKH, "utf-8-sig")],
)
def test_older_encodings_are_read_where_they_are_certain(text: str, encoding: str) -> None:
    assert read(page(text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ο πρέσβης του Καζακστάν συναντήθηκε με τον πρύτανη του πανεπιστημίου.", "cp1253"),
        ("Амбасадор Казахстана у Белгији састао се са ректором универзитета љубазно.", "cp1251"),
        ("השגריר נפגש עם רקטור האוניברסיטה ודן בשיתוף פעולה", "cp1255"),
    ],
)
def test_an_encoding_of_another_alphabet_is_refused_not_guessed(text: str, encoding: str) -> None:
    with pytest.raises(Unreadable, match="save it as UTF-8"):
        read(page(text.encode(encoding)))


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"", "empty file"),
        (b" \n\t\n", "empty file"),
        (bytes(range(256)) * 20, "binary data"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "an image"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04 word/document.xml", "an office document"),
        (KAZAKH.encode()[:60] + b"\xff" + KAZAKH.encode()[60:], "save it as UTF-8"),
        (b"\xff\xfe\x00", "byte order mark"),
        ("date 2026-02-30 Елші\n".encode() + KAZAKH.encode(), "2026-02-30 does not exist"),
        ("date 2026-03-04 Елші кездесті\n".encode(), "a title without a text"),
    ],
)
def test_what_is_no_release_is_refused_with_its_name_and_one_line(body: bytes, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause) as refused:
        read(page(body))
    assert str(refused.value).startswith("release.txt: ")
    assert "\n" not in str(refused.value)


def test_a_web_page_gives_its_article_and_what_it_states() -> None:
    head = (
        '<meta property="og:site_name" content="Сыртқы істер министрлігі">'
        '<meta property="article:published_time" content="2026-03-05T10:00:00+05:00">'
        '<link rel="canonical" href="https://example.org/kk/press/4711">'
        '<link rel="alternate" hreflang="ru" href="https://example.org/ru/press/4711">'
    )
    release = read(page(web_page(f"<h1>Елші кездесу өткізді</h1><p>{KAZAKH}</p><p>{PROFILE}</p>", head), "text/html"))
    assert (release.lang, release.title) == ("kk", "Елші кездесу өткізді")
    assert release.text[release.body_start :] == f"{KAZAKH}\n{PROFILE}"
    assert (release.issued, release.header_date, release.publisher) == ("2026-03-05", None, "Сыртқы істер министрлігі")
    assert release.url == "https://example.org/kk/press/4711"
    assert release.alternates == (("https://example.org/ru/press/4711", "ru"),)
    assert release.key == release_key("", url="https://example.org/kk/press/4711")


def test_a_date_in_the_text_of_a_web_page_is_not_its_date_of_issue() -> None:
    article = f"<p>2025 жылғы 7 қазанда Елші ректормен кездесті. {KAZAKH}</p><p>October 7, 2025. 2025-10-07. {KAZAKH}</p>"
    assert read(page(web_page(article), "text/html")).issued is None


@pytest.mark.parametrize(
    "stated",
    [
        '<meta itemprop="datePublished" content="2026-03-05">',
        '<meta name="DC.date.issued" content="05.03.2026">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-05T09:00:00Z"}</script>',
        '<meta name="date" content="Thursday"><meta name="pubdate" content="2026-03-05">',
    ],
)
def test_the_day_of_issue_is_read_wherever_a_page_states_it(stated: str) -> None:
    assert read(page(web_page(f"<p>{KAZAKH}</p>", stated), "text/html")).issued == "2026-03-05"


def test_a_web_page_is_decoded_as_it_declares() -> None:
    markup = web_page(f"<p>{RUSSIAN}</p>").replace('charset="utf-8"', 'charset="windows-1251"').replace("—", "-")
    assert read(page(markup.encode("cp1251", "ignore"), "text/html")).text == RUSSIAN


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        web_page(""),
        web_page("<p>404 бет табылмады</p>"),
        "<html><body><ul>" + "".join(f"<li><a href='/{n}'>Елші кездесу өткізді {n}</a></li>" for n in range(30)) + "</ul></body></html>",
    ],
)
def test_a_web_page_without_an_article_is_refused(markup: str) -> None:
    with pytest.raises(Unreadable, match="no article"):
        read(page(markup, "text/html"))


def test_markdown_is_read_as_its_reader_sees_it() -> None:
    front = "---\ntitle: Елші кездесті\ndate: 2026-03-05\nlang: kk\n---\n"
    body = f"# Елші кездесті\n\n**Роман Василенко** [ректормен](https://example.org) кездесті. {KAZAKH}\n"
    release = read(page(front + body, "text/markdown"))
    assert (release.title, release.issued, release.lang) == ("Елші кездесті", "2026-03-05", "kk")
    assert release.text[release.body_start :] == f"Роман Василенко ректормен кездесті. {KAZAKH}\n"


def test_the_key_is_the_source_id_else_the_url_else_the_digest_of_the_normalised_text() -> None:
    text = "date 2026-03-04 Елші кездесті\n" + KAZAKH
    assert read(page(text, source_id="mfa-4711", url="https://example.org/1")).key == "mfa-4711"
    assert read(page(text, url="https://example.org/press/elshi-4711")).key.startswith("elshi-4711-")
    assert read(page(text)).key == hashlib.sha256(normalised(text).encode()).hexdigest()


def test_white_space_and_normal_form_do_not_change_the_key_but_words_do() -> None:
    assert release_key("Елші  й\r\nкелді\n") == release_key("Елші й келді")
    assert release_key("Елші келді") != release_key("Елші кетті")
    assert release_key("", url="https://example.org/1?lang=kk") != release_key("", url="https://example.org/1?lang=ru")
    assert release_key("", source_id="https://example.org/№ 5").isascii()


def read_credit(sentence: str) -> Release:
    """The release whose body ends its first sentence so."""
    return read(page(f"Тақырып\n{sentence}"))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "Елші ректормен кездесу өткізді, деп хабарлайды Қазақстан Республикасы Сыртқы істер министрлігінің баспасөз қызметінен.",
            "Қазақстан Республикасы Сыртқы істер министрлігінің баспасөз қызметі",
        ),
        ("Елші келді, – деп хабарлайды ҚР СІМ баспасөз қызметі. Тараптар кездесті.", "ҚР СІМ баспасөз қызметі"),
        ("Елші келді, деп хабарлайды ҚР СІМ-нен.", "ҚР СІМ"),
        ("Елші келді, деп хабарлайды zakon.kz.\nТараптар кездесті.", "zakon.kz"),
        ("Ақорданың баспасөз қызметінің хабарлауынша, Елші ректормен кездесті.", "Ақорданың баспасөз қызметі"),
        ("Сыртқы істер министрлігінің мәліметінше, Елші ректормен кездесті.", "Сыртқы істер министрлігі"),
        ("Посол встретился с ректором, сообщает пресс-служба МИД РК. Стороны обсудили науку.", "пресс-служба МИД РК"),
        ("Елші келді, деп хабарлайды «Хабар» агенттігі.", "«Хабар» агенттігі"),
        ("Сыртқы істер министрлігіне сілтеме жасап хабарлағандай, Елші ректормен кездесті.", "Сыртқы істер министрлігі"),
        ("Посол встретился с ректором, сообщили в пресс-службе Акорды.", "пресс-служба Акорды"),
        ("Посол, по информации пресс-службы МИД РК, встретился с ректором.", "пресс-служба МИД РК"),
        ("Пресс-служба МИД РК сообщает, что посол встретился с ректором университета.", "Пресс-служба МИД РК"),
        ("Посол встретился с ректором, по информации Посольства Казахстана в Бельгии.", "Посольство Казахстана в Бельгии"),
        ("Посол встретился с ректором университета, со ссылкой на агентство Казинформ.", "агентство Казинформ"),
        ("По данным Министерства иностранных дел, посол встретился с ректором.", "Министерство иностранных дел"),
        ("Как передаёт Казинформ, посол встретился с ректором, стороны обсудили науку.", "Казинформ"),
        ("Посол, по данным МИД Казахстана, встретился с ректором университета.", "МИД Казахстана"),
        (
            "The Ambassador met the Rector, according to the press service of the Ministry of Foreign Affairs of Kazakhstan.",
            "press service of the Ministry of Foreign Affairs of Kazakhstan",
        ),
        ("The Ambassador met the Rector, the press service of Akorda reports.", "press service of Akorda"),
        ("The Ambassador met the Rector, according to the Foreign Ministry's press service.", "Foreign Ministry's press service"),
        ("The Ministry's press service said the Ambassador met the Rector.", "Ministry's press service"),
        ("The Ambassador met the Rector, as reported by the Embassy of Kazakhstan in Belgium.", "Embassy of Kazakhstan in Belgium"),
        ("The Ambassador met the Rector, the Ministry of Foreign Affairs reports.", "Ministry of Foreign Affairs"),
    ],
)
def test_the_credited_source_is_found_in_its_nominative(sentence: str, source: str) -> None:
    assert read_credit(sentence).credited == source


def test_far_down_a_release_only_a_press_service_is_believed() -> None:
    figure = "По информации МИД Казахстана, в университете учатся 8 студентов."
    assert read_credit(f"{RUSSIAN} {figure}").credited == "МИД Казахстана"
    assert read_credit(f"{RUSSIAN * 12} {figure}").credited is None
    service = "Ақорданың баспасөз қызметінің мәліметінше, кездесу өтті."
    assert read_credit(f"{KAZAKH * 12} {service}").credited == "Ақорданың баспасөз қызметі"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Фото: пресс-служба МИД РК\n{RUSSIAN}",
        f"Сурет: gov.kz\n{KAZAKH}",
        f"{ENGLISH} According to official figures, trade stood at $124.7 million.",
        f"{ENGLISH} Interns will begin in 2026, according to Dean Hofstetter.",
        f"{RUSSIAN} По данным на 2025 год, в университете учатся 8 студентов.",
        KAZAKH,
    ],
)
def test_a_picture_credit_or_a_figure_s_source_is_not_whom_the_release_credits(sentence: str) -> None:
    assert read_credit(sentence).credited is None


def test_a_text_too_long_for_one_release_is_refused_before_anything_reads_it() -> None:
    longest = f"{RUSSIAN}\n" * (LONGEST_TEXT // (len(RUSSIAN) + 1))
    assert read(page(longest)).lang == "ru"
    with pytest.raises(Unreadable, match="300,000 at most: are these several"):
        read(page(longest + f"{RUSSIAN}\n" * 2))
