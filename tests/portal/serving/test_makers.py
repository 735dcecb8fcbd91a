"""A page that takes long holds up nothing but itself, and is there for the next who asks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from elshi.portal.answer import Limits
from elshi.portal.makers import Makers
from elshi.portal.protocol import Refused
from elshi.portal.sections import Section, Source
from elshi.portal.serve import Serving
from elshi.tests.portal.serving.asking import within

LONG = 120.0


def test_a_page_of_a_huge_store_is_given_up_while_others_are_served_and_is_made_once(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, asked = threading.Event(), []
    section = Source.section

    def slow(source: Source, name: str, **given: object) -> Section:
        if name == "latest":
            asked.append(name)
            assert ready.wait(LONG)
        return section(source, name, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(Source, "section", slow)
    with within(Serving(str(documents), limits=Limits(seconds=1))) as running:
        with ThreadPoolExecutor(12) as pool:
            for late in [pool.submit(running.get, "/", accept="text/html") for _ in range(12)]:
                answer = late.result()
                assert (answer.status, "takes longer than 1 s" in answer.text, int(answer.headers["Retry-After"])) == (503, True, 5)
        assert asked == ["latest"], "all who ask for a page wait for one"
        assert running.get("/queries").status == running.get("/health").status == 200
        assert running.truth("ASK {}")
        ready.set()
        answers = iter(lambda: running.get("/", accept="text/html").status, None)
        assert next(status for status in answers if status != 503) == 200
        assert asked == ["latest"], "what was begun for those who left is what the next one gets"


def test_a_page_of_more_rows_than_one_may_have_is_refused(documents: Path) -> None:
    with within(Serving(str(documents), limits=Limits(rows=2))) as running:
        answer = running.get("/terms.json")
        assert (answer.status, "more than 2 rows" in answer.text) == (503, True)


def blocked(gate: threading.Event) -> Callable[[], str]:
    def make() -> str:
        assert gate.wait(LONG)
        return "made"

    return make


def test_no_more_are_begun_than_there_are_hands_and_no_more_wait_than_there_is_room() -> None:
    gate = threading.Event()
    makers = Makers(patience=LONG, hands=2, waiting=1)

    async def ask() -> list[str]:
        begun = [asyncio.ensure_future(makers.make(blocked(gate), number)) for number in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(Refused, match="too many") as refused:
            await makers.make(blocked(gate), 3)
        assert (refused.value.status, threading.active_count() - before) == (503, 2)
        begun.append(asyncio.ensure_future(makers.make(blocked(gate), 2)))
        await asyncio.sleep(0)
        gate.set()
        return await asyncio.gather(*begun)

    before = threading.active_count()
    assert asyncio.run(ask()) == ["made"] * 4


def test_what_goes_wrong_is_told_to_who_waits_and_forgotten_where_nobody_does() -> None:
    gate = threading.Event()

    def broken() -> str:
        assert gate.wait(LONG)
        raise ArithmeticError("broken")

    async def ask(makers: Makers) -> None:
        await makers.make(broken, "k")

    with pytest.raises(Refused):
        asyncio.run(ask(Makers(patience=0.01)))
    gate.set()
    with pytest.raises(ArithmeticError):
        asyncio.run(ask(Makers(patience=LONG)))
