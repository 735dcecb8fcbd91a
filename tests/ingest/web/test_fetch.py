"""Servers that misbehave cost one line each and never a batch; those that ask for patience get it."""

from __future__ import annotations

import gzip
import socket
import struct
import time as real_time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from elshi.ingest.read import read
from elshi.ingest.web.errors import Unreachable
from elshi.ingest.web.fetch import Fetcher, Manners

RUSSIAN = "Посол Казахстана в Бельгии встретился с ректором университета. Стороны обсудили сотрудничество в науке."
HASTY = Manners(allow_private=True, pace=0, tries=2, read=0.15, connect=1, total=0.5)


def test_a_page_comes_with_its_address_and_charset(site: Any, ask: Any) -> None:
    page = ask(site.page("/kk/1") + "?utm_source=rss#top").page
    assert (page.name, page.url, page.media_type) == (f"{site.base}/kk/1", f"{site.base}/kk/1", "text/html; charset=utf-8")
    assert read(page).title == "Елші кездесу өткізді"


def test_who_asks_says_so(site: Any, ask: Any) -> None:
    ask(site.page("/1"))
    ask(site.page("/2"), manners=Manners(agent="mfa-desk (desk@example.org)", allow_private=True))
    assert site.headers[0]["user-agent"].startswith("elshi/") and "+https://" in site.headers[0]["user-agent"]
    assert site.headers[-1]["user-agent"] == "mfa-desk (desk@example.org)"


def test_loopback_is_asked_only_where_that_is_allowed(site: Any, ask: Any) -> None:
    failure = ask(site.page("/1"), manners=Manners(pace=0)).failure
    assert failure.cause == "127.0.0.1 is a private address: pass --allow-private where that is meant"
    assert site.asked == []


@pytest.mark.parametrize("status", [429, 500, 503, 408])
def test_a_passing_failure_is_asked_again_after_a_while(site: Any, ask: Any, time: Any, html: Any, status: int) -> None:
    url = site.in_turn("/1", *[lambda it: it.reply(status)] * 2, lambda it: it.reply(200, html()))
    assert ask(url).page.url == url
    assert [pause for pause in time.slept if pause] == [pytest.approx(1), pytest.approx(2)]


@pytest.mark.parametrize("after", ["7", "Wed, 04 Mar 2099 10:00:30 GMT"])
def test_a_server_s_retry_after_is_heeded(site: Any, ask: Any, time: Any, html: Any, after: str) -> None:
    url = site.in_turn("/1", lambda it: it.reply(429, retry_after=after), lambda it: it.reply(200, html()))
    found = ask(url)
    if after == "7":
        assert found.page and max(time.slept) == pytest.approx(7)
    else:  # decades: nobody waits that long, and nothing more is asked of this host
        assert found.failure.cause.startswith("429 Too Many Requests, asks to wait ")
        assert time.slept == []


def test_a_host_that_wants_to_be_left_alone_is_left_alone(site: Any, ask: Any) -> None:
    first, second = site.page("/1", status=429, body="x", retry_after="3600"), site.page("/2")
    causes = [failure.cause for failure in ask(first, second)]
    assert causes == [
        "429 Too Many Requests, asks to wait 3600 s",
        f"{site.base[7:]} asks to be left alone for another 3600 s: try again then",
    ]
    assert site.pages_asked() == ["/1"]


@pytest.mark.parametrize(
    ("status", "cause", "there"),
    [(404, "404 Not Found", False), (410, "410 Gone", False), (403, "403 Forbidden", True), (204, "204 No Content", True)],
)
def test_any_other_status_is_final(site: Any, ask: Any, status: int, cause: str, there: bool) -> None:
    failure = ask(site.page("/1", "x", status)).failure
    assert (failure.cause, failure.found, site.pages_asked()) == (cause, there, ["/1"])


def test_what_goes_on_failing_is_given_up(site: Any, ask: Any) -> None:
    assert ask(site.page("/1", "x", 502)).failure.cause == "502 Bad Gateway"
    assert len(site.pages_asked()) == 4


def test_redirects_are_followed_to_where_the_page_is(site: Any, ask: Any) -> None:
    site.page("/%D1%8F/2")
    old = site.page("/old", "moved", 301, location="/next")
    site.page("/next", "moved", 302, location="/я/2".encode().decode("latin-1"))
    page = ask(old).page
    assert (page.url, page.name) == (f"{site.base}/%D1%8F/2",) * 2


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("/1", "redirected in a circle"),
        ("file:///etc/passwd", "redirected to file:///etc/passwd, which is no page on the web"),
        ("ftp://example.org/1", "redirected to ftp://example.org/1, which is no page on the web"),
        ("", "302 Found without saying where to"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_named(site: Any, ask: Any, location: str, cause: str) -> None:
    assert ask(site.page("/1", "x", 302, location=location)).failure.cause == cause


def test_ten_redirects_are_enough(site: Any, ask: Any) -> None:
    for n in range(20):
        site.page(f"/{n}", "x", 302, location=f"/{n + 1}")
    assert ask(f"{site.base}/0").failure.cause == "redirected more than 10 times"


def resolver(**names: str) -> Callable[..., list[Any]]:
    """Names that stand for addresses."""

    def resolve(host: str, port: int, **_: object) -> list[Any]:
        if host not in names and not host[0].isdigit():
            raise socket.gaierror("cannot resolve")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names.get(host, host), port))]

    return resolve


def test_a_name_that_leads_into_a_private_network_is_refused_at_every_hop(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.base.rsplit(":")[-1])
    # 127.0.0.1 stands for a public address here, so that a server on this machine can redirect into a private network
    monkeypatch.setattr("elshi.ingest.web.gate.is_public", lambda address: address == "127.0.0.1")
    site.page("/1", "x", 302, location=f"http://intranet.example:{port}/2")
    site.page("/2")
    manners = Manners(pace=0, robots=False)
    inside = Fetcher(manners, resolve=resolver(**{"www.example": "127.0.0.1", "intranet.example": "10.1.2.3"}))
    with pytest.raises(Unreachable, match=r"intranet.example is at the private address 10.1.2.3"):
        inside.get(f"http://www.example:{port}/1", largest=1000)
    assert site.asked == ["/1"]


def test_a_name_is_resolved_once_so_that_a_second_answer_gains_nothing(site: Any, html: Any) -> None:
    site.page("/1")
    answers = iter(["8.8.8.8", "127.0.0.1"])
    fetcher = Fetcher(Manners(pace=0, robots=False, tries=1, connect=0.05), resolve=lambda *_, **__: resolver(a=next(answers))("a", 80))
    with pytest.raises(Unreachable):
        fetcher.get(f"{site.base.replace('127.0.0.1', 'rebind.example')}/1", largest=1000)
    assert list(answers) == ["127.0.0.1"] and site.asked == []


def test_a_host_without_an_address_is_named(ask: Any) -> None:
    assert ask("http://no-such-host.invalid/1", manners=Manners(pace=0, tries=1, robots=False)).failure.cause == "no such host"


def test_a_closed_port_is_named_and_after_three_the_host_is_left_alone(ask: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}"
    found = ask(*(f"{base}/{n}" for n in range(5)), manners=Manners(allow_private=True, pace=0, tries=1, robots=False))
    assert [failure.cause for failure in found] == ["connection refused"] * 3 + [
        f"{base[7:]} did not answer 3 times in a row: left alone for this run"
    ] * 2
    assert not any(failure.found for failure in found)


def test_a_password_in_an_address_never_reaches_the_graph(ask: Any) -> None:
    assert "~/.netrc" in ask("http://desk:secret@127.0.0.1/1").failure.cause


def dripping(it: Any, piece: bytes, pause: float = 0.02) -> None:
    """Send the same few bytes until the client hangs up."""
    it.close_connection = True
    while True:
        it.wfile.write(piece)
        real_time.sleep(pause)


def test_a_server_that_does_not_answer_is_given_up(site: Any, ask: Any) -> None:
    site.routes["/1"] = lambda it: real_time.sleep(0.4)
    assert ask(f"{site.base}/1", manners=HASTY).failure.cause == "no answer within 0.15 s"


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_an_answer_that_trickles_is_given_up(site: Any, ask: Any, start: bytes) -> None:
    def trickle(it: Any) -> None:
        it.wfile.write(start)
        dripping(it, b".")

    site.routes["/1"] = trickle
    assert (
        ask(f"{site.base}/1", manners=Manners(allow_private=True, tries=1, total=0.3, robots=False)).failure.cause
        == "no whole answer within 0.3 s"
    )


def test_a_reset_connection_is_asked_again(site: Any, ask: Any, html: Any) -> None:
    def reset(it: Any) -> None:
        it.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for each in (it.wfile, it.rfile, it.connection):
            each.close()
        it.close_connection = True

    assert ask(site.in_turn("/1", reset, lambda it: it.reply(200, html()))).page
    site.routes["/2"] = reset
    assert ask(f"{site.base}/2").failure.cause in {"the connection was reset", "the server hung up without an answer"}


def cut(it: Any, body: bytes, **headers: str) -> None:
    """Announce more than is sent."""
    it.reply(200, body, content_length=str(len(body) + 500), **headers)
    it.close_connection = True


def chunked(it: Any, body: bytes) -> None:
    """Leave off the end of a chunked answer."""
    it.reply(200, b"%x\r\n%s\r\n" % (len(body), body), content_length="", transfer_encoding="chunked")
    it.close_connection = True


@pytest.mark.parametrize(
    "half",
    [
        lambda it: cut(it, b"<html>"),
        lambda it: chunked(it, b"<html>"),
        lambda it: it.reply(200, gzip.compress(b"<html>" * 900)[:-20], content_encoding="gzip"),
    ],
)
def test_half_an_answer_is_never_taken_for_the_whole(site: Any, ask: Any, html: Any, half: Any) -> None:
    assert ask(site.in_turn("/1", half, lambda it: it.reply(200, html()))).page.body.endswith(b"</html>")
    site.routes["/2"] = half
    assert ask(f"{site.base}/2").failure.cause == "the answer broke off"


@pytest.mark.parametrize(
    ("pack", "name"), [(gzip.compress, "gzip"), (zlib.compress, "deflate"), (lambda body: zlib.compress(body)[2:-4], "deflate")]
)
def test_packed_answers_are_unpacked(site: Any, ask: Any, html: Any, pack: Any, name: str) -> None:
    assert ask(site.page("/1", pack(html().encode()), content_encoding=name)).page.body.decode() == html()
    assert ask(site.page("/2", b"plain", content_encoding="gzip")).failure.cause == "not gzip data, though it says so"
    assert ask(site.page("/3", b"x", content_encoding="br")).failure.cause == "packed as 'br', which was not asked for"


def test_a_page_that_swells_when_unpacked_is_refused_before_it_does(site: Any, ask: Any) -> None:
    bomb = gzip.compress(bytes(60_000_000), 1)
    listed = f'<rss version="2.0"><channel><item><link>{site.page("/bomb", bomb, content_encoding="gzip")}</link></item></channel></rss>'
    assert ask(site.page("/feed", listed)).failure.cause == "over the limit of 5 MB"
    assert ask(site.page("/nested", gzip.compress(bomb, 1), content_encoding="gzip")).failure.cause == "over the limit of 50 MB"


def test_fifty_megabytes_are_refused_unread(site: Any, ask: Any) -> None:
    sent: list[int] = []

    def pour(it: Any) -> None:
        it.close_connection = True
        it.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(800):
            it.wfile.write(bytes(1 << 16))
            sent.append(1 << 16)

    site.routes["/endless"] = pour
    site.page("/stated", b"x", content_length="50000000")
    entries = "".join(f"<item><link>{site.base}/{name}</link></item>" for name in ("endless", "stated"))
    causes = [failure.cause for failure in ask(site.page("/feed", f'<rss version="2.0"><channel>{entries}</channel></rss>'))]
    assert causes == ["over the limit of 5 MB", "50.0 MB, over the limit of 5 MB"]
    assert sum(sent) < 30_000_000


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251"),
        (RUSSIAN.encode("cp1251"), "text/html; charset=utf-8"),  # wrong: the bytes deny it
        (RUSSIAN.encode("cp1251"), "text/html; charset=ISO-8859-1"),  # what servers say that were never told
        (RUSSIAN.encode("cp1251"), "text/html"),
        (RUSSIAN.encode(), "text/html; charset=windows-1251"),  # wrong the other way
        (RUSSIAN.encode("utf-16"), "text/html"),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), "text/html; charset=koi8-r"),
    ],
)
def test_a_page_is_decoded_as_its_bytes_allow_whatever_its_header_says(site: Any, ask: Any, body: bytes, stated: str) -> None:
    meta = b'<meta charset="windows-1251">' if b"\xef\xbb\xbf" not in body and RUSSIAN.encode("cp1251") == body else b""
    frame = "<html><head>{}<title>x</title></head><body><article><p>{}</p></article></body></html>"
    encoding = "utf-16" if body.startswith(b"\xff\xfe") else None
    content = frame.format("", RUSSIAN).encode(encoding) if encoding else frame.format(meta.decode(), "@").encode().replace(b"@", body)
    assert read(ask(site.page("/1", content, content_type=stated)).page).text == RUSSIAN


@pytest.mark.parametrize(
    ("body", "stated", "cause"),
    [
        (b"%PDF-1.7", "application/pdf", "application/pdf is not read"),
        (b"\x89PNG", "image/png", "image/png is not read"),
        (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxml"),
        (b'{"a": 1}', "application/json", "application/json is not read"),
    ],
)
def test_other_kinds_of_content_are_refused_by_name(site: Any, ask: Any, body: bytes, stated: str, cause: str) -> None:
    failure = ask(site.page("/1", body, content_type=stated)).failure
    assert failure.cause.startswith(cause)


def test_a_page_without_a_kind_is_known_by_its_first_bytes(site: Any, ask: Any) -> None:
    assert ask(site.page("/1", content_type="")).page.media_type == "text/html"
    assert ask(site.page("/2.txt", "Елші келді.", content_type="application/octet-stream")).page.media_type == "text/plain"
    assert ask(site.page("/3", content_type="application/xhtml+xml; charset=UTF-8")).page.media_type == "text/html; charset=UTF-8"


def test_other_schemes_are_never_opened(ask: Any) -> None:
    for url in ("file:///etc/passwd", "ftp://example.org/1", "gopher://example.org/1"):
        assert "sources cannot be read here" in ask(url).failure.cause
