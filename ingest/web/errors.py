"""What asking for a page may end in."""

from __future__ import annotations

from elshi import ElshiError

__all__ = ["Passing", "Unreachable"]


class Unreachable(ElshiError):
    """A page that was not had: the message says why in one line, `found` whether there is such a page at all."""

    def __init__(self, cause: str, *, found: bool = True) -> None:
        super().__init__(cause)
        self.found = found


class Passing(Unreachable):
    """A failure that may have passed when the page is asked for again; `wait` is what the server asks to wait."""

    def __init__(self, cause: str, *, found: bool = False, wait: float | None = None, answered: bool = False) -> None:
        super().__init__(cause, found=found)
        self.wait, self.answered = wait, answered
