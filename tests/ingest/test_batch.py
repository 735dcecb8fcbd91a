"""Work is spread in order, and a worker that dies takes only the item that killed it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from elshi.ingest.batch import spread

DEADLY = 7


def doubled(items: Sequence[int]) -> list[int | str]:
    return [2 * item for item in items]


def dies_of_seven(items: Sequence[int]) -> list[int | str]:
    if DEADLY in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * item for item in items]


def raises(items: Sequence[int]) -> list[int | str]:
    raise ArithmeticError(f"no {items[0]}")


def lost(item: int) -> str:
    return f"lost {item}"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(spread(range(11), doubled, lost=lost, jobs=jobs, size=3)) == [2 * n for n in range(11)]


def test_an_item_that_kills_its_worker_is_the_only_one_lost() -> None:
    found = list(spread(range(12), dies_of_seven, lost=lost, jobs=2, size=4))
    assert found == [f"lost {n}" if n == DEADLY else 2 * n for n in range(12)]


def test_few_items_are_worked_on_here() -> None:
    assert list(spread([1, 2], lambda batch: [os.getpid() for _ in batch], lost=lambda _: 0, jobs=4, size=20)) == [os.getpid()] * 2


def test_no_more_is_taken_than_the_workers_can_hold() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(1000):
            taken.append(n)
            yield n

    results = spread(items(), doubled, lost=lost, jobs=2, size=5)
    assert next(results) == 0
    assert len(taken) <= 30
    results.close()  # type: ignore[attr-defined]


def counted(items: Sequence[int]) -> list[int]:
    return [len(items) for _ in items]


def test_what_is_left_at_the_end_is_shared_out() -> None:
    assert list(spread(range(30), counted, lost=lambda _: 0, jobs=2, size=20))[::15] == [15, 8]
    sizes = list(spread(range(100), counted, lost=lambda _: 0, jobs=2, size=20))
    assert sizes[:80] == [20] * 80
    assert sizes[-1] <= 4


def noted(items: Sequence[int]) -> list[int]:
    Path(os.environ["ELSHI_TEST_STARTED"], str(items[0])).touch()
    return list(items)


def test_what_is_done_is_passed_on_before_more_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELSHI_TEST_STARTED", str(tmp_path))
    passed_on: list[int] = []

    def items() -> Iterator[int]:
        for n in range(21):
            if n == 15:  # two batches are handed out
                assert within(60, (tmp_path / "0").exists)
                time.sleep(0.5)
            assert n < 20 or passed_on, "the first results were held back until the source gave more"
            yield n

    for result in spread(items(), noted, lost=lost, jobs=2, size=5):
        passed_on.append(result)
    assert passed_on == list(range(21))


def slowly(items: Sequence[int]) -> list[int | str]:
    Path(os.environ["ELSHI_TEST_STARTED"]).touch()
    time.sleep(60)
    return list(items)


@pytest.fixture
def sharing(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program whose two workers leave a file `started` and go on for a minute."""
    program = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); sys.path.insert(0, sys.argv[1])\n"
        "if __name__ == '__main__':\n"
        "    from test_batch import slowly, lost\n"
        "    from elshi.ingest.batch import spread\n"
        "    try: list(spread(range(12), slowly, lost=lost, jobs=2, size=2))\n"
        "    except KeyboardInterrupt: sys.exit(130)\n"
    )
    (tmp_path / "program.py").write_text(program)
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), str(Path(__file__).parent)], stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "ELSHI_TEST_STARTED": str(tmp_path / "started"), "PYTHONPATH": str(Path(__file__).parent)},
    )  # fmt: skip
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_an_interruption_ends_the_workers_without_a_word(tmp_path: Path, sharing: subprocess.Popen[bytes]) -> None:
    """As at a terminal: Ctrl-C goes to the whole group of processes."""
    assert within(60, (tmp_path / "started").exists)
    os.killpg(sharing.pid, signal.SIGINT)
    _, said = sharing.communicate(timeout=120)
    assert (sharing.returncode, said) == (130, b"")
    with pytest.raises(ProcessLookupError):
        for _ in range(500):  # the last of them is going
            os.killpg(sharing.pid, 0)
            time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_an_interruption_is_not_for_workers_from_their_first_moment_on(tmp_path: Path, sharing: subprocess.Popen[bytes]) -> None:
    looks = 0
    while not (tmp_path / "started").exists():
        assert sharing.poll() is None
        for child in Path(f"/proc/{sharing.pid}/task/{sharing.pid}/children").read_text().split():
            with suppress(FileNotFoundError, ProcessLookupError):
                if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text():
                    looks += 1
                    assert deaf(child, signal.SIGINT)
        time.sleep(0.002)
    assert looks


def deaf(process: str, number: int) -> bool:
    """Whether a process blocks or ignores a signal."""
    masks = re.findall(r"^Sig(?:Blk|Ign):\s*(\w+)", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return any(int(mask, 16) >> (number - 1) & 1 for mask in masks)


def test_a_mistake_in_the_work_is_not_taken_for_a_dead_worker() -> None:
    with pytest.raises(ArithmeticError):
        list(spread(range(12), raises, lost=lost, jobs=2, size=4))


def naps(folders: Sequence[str]) -> list[str]:
    """Leave a note of the worker in a folder, and work on."""
    Path(folders[0], str(os.getpid())).touch()
    time.sleep(60)
    return list(folders)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_no_worker_outlives_a_killed_process(tmp_path: Path) -> None:
    code = f"""if __name__ == "__main__":
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from test_batch import naps
        from elshi.ingest.batch import spread
        list(spread([{str(tmp_path / "notes")!r}] * 4, naps, lost=str, jobs=2, size=1))"""
    (tmp_path / "notes").mkdir()
    (tmp_path / "parent.py").write_text(code)
    parent = subprocess.Popen([sys.executable, str(tmp_path / "parent.py")])
    workers = within(60, lambda: [int(note.name) for note in (tmp_path / "notes").iterdir()])
    parent.kill()
    parent.wait()
    assert within(60, lambda: not any(map(alive, workers)))


def within(seconds: float, ask: Callable[[], Any]) -> Any:
    """The first answer that is not empty, given within a time."""
    end = time.monotonic() + seconds
    while not (answer := ask()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


def alive(process: int) -> bool:
    """Whether a process is running, and not only waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
