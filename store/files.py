"""Writing beside a store: a small file appears as a whole or not at all, and a disk that refuses is told in a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from elshi.store.base import StoreError

__all__ = ["write_whole", "written"]


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Turn what the disk has against writing below a store's folder into a StoreError."""
    try:
        yield
    except OSError as fault:
        why = (fault.strerror or str(fault)).lower()
        raise StoreError(
            f"{folder} could not be written ({why}): what was stored before is whole; make room or choose another --store"
        ) from fault


def write_whole(path: Path, body: str | bytes) -> None:
    """Write a small file in place of another; whoever reads meanwhile sees one of the two."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(body.encode() if isinstance(body, str) else body)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
