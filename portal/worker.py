"""One worker process, and the pipe to it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from functools import cache
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Final

from elshi.portal.answer import Limits, Reply, Task, work

__all__ = ["Worker"]

_STARTING: Final = 30  # seconds that a process may take to come up; they are not the query's


class Worker:
    """A process that answers one task after the other."""

    def __init__(self, limits: Limits) -> None:
        """Start it; raises OSError where the system has no process to give."""
        context = _context()
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]
            target=work, args=(theirs, limits), daemon=True, name="elshi-worker"
        )
        self._awake = False
        self.ended: int | None = None  # its exit status, once it has ended of itself
        try:
            self._process.start()
        except OSError:
            self._pipe.close()
            raise
        finally:
            theirs.close()

    def ask(self, task: Task) -> None:
        """Hand a task over, once the process is there; raises OSError where it is no more."""
        if not self._awake:
            if not self._pipe.poll(_STARTING):
                raise TimeoutError
            with suppress(EOFError):
                self._awake = self._pipe.recv() is None
        self._pipe.send(task)

    def ready(self, seconds: float) -> bool:
        """Whether there is an answer, or none will ever come."""
        try:
            return self._pipe.poll(seconds)
        except OSError:
            return True

    def reply(self) -> Reply | None:
        """The answer; None where the process died over it, which `ended` then tells more about."""
        try:
            reply = self._pipe.recv()
        except (EOFError, OSError):
            until = time.monotonic() + 1
            while self.ended is None and time.monotonic() < until:  # another thread may be hearing of its end just now
                self._process.join(0.1)
                self.ended = self._process.exitcode
            return None
        assert isinstance(reply, Reply)
        return reply

    def yield_to_others(self) -> None:
        """Let quick queries have the processor first, from now on."""
        with suppress(OSError, AttributeError):  # a system without priorities
            os.setpriority(os.PRIO_PROCESS, self._process.pid or 0, 10)

    def kill(self) -> None:
        """Stop the process, whoever waits for it: they find it dead, and end it."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process and let go of what it took; to be called once, by the one who has it."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._process.close()


@cache
def _context() -> BaseContext:
    """How processes are started: as copies of one that has loaded what they need, so that a new one is there in no time; anew where there are none."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["__main__", "elshi.portal.answer"])
    return context
