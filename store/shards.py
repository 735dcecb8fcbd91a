"""Releases' graphs as a folder of compressed N-Quads, to be loaded in bulk elsewhere: a shard appears whole, and the folder goes on growing."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec
import zstandard

from elshi.ontology.graph import in_lines
from elshi.ontology.iri import graph_path
from elshi.ontology.mapping import vocabulary_rows
from elshi.ontology.vocab import BASE_IRI
from elshi.store.base import StoreError
from elshi.store.files import write_whole, written
from elshi.store.intake import Product, State
from elshi.store.moments import now
from elshi.store.quarantine import Quarantine, Refused

__all__ = ["SIZE", "IntoShards", "Shard", "shards_in"]

#: Releases in a shard.
SIZE: Final = 50
_LIST: Final = "shards.jsonl"  # what stands in which shard; of several lines about one, the last holds
_VOCABULARY: Final = "vocabulary.nq.zst"


class Shard(msgspec.Struct, frozen=True):
    """What is known of a shard."""

    shard: str
    engine: str  # what read its releases
    releases: dict[str, str]  # key -> SHA-256


class IntoShards:
    """Writes what conforms into shards and quarantines what does not; what stands in a shard already is not read again."""

    def __init__(self, folder: Path, engine: str, *, base_iri: str = BASE_IRI, again: bool = False, size: int = SIZE) -> None:
        """Go on in a folder, or begin one; raises StoreError for a folder that holds something else."""
        self._folder, self._engine, self.base_iri, self._again, self._size = folder, engine, base_iri, again, size
        if folder.exists() and not (folder / _LIST).exists() and any(folder.iterdir()):
            raise StoreError(f"{folder} is no folder of shards: name one that is new or empty")
        self._quarantine = Quarantine(folder / "quarantine")
        self._waiting: list[Product] = []
        with written(folder):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _LIST).touch()
            self._shards = self._known()
            self._tidy()
            write_whole(folder / _VOCABULARY, _packed(vocabulary_rows(base_iri=base_iri)))
        self._refused = {entry.key: (entry.reading.release.sha256, entry.engine) for entry in self._quarantine}
        self._there = {key: (sha, shard.engine) for shard in self._shards.values() for key, sha in shard.releases.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._flush()  # whatever ended the run, what was taken is kept

    def met(self, key: str, sha256: str) -> State | None:
        """Tell whether the same engine has read the same text, and what came of it."""
        if self._again:
            return None
        for state, seen in (("quarantined", self._refused), ("unchanged", self._there)):
            if seen.get(key) == (sha256, self._engine):
                return state  # type: ignore[return-value]  # one of the two
        return None

    def holds(self, key: str, sha256: str) -> bool:
        """Tell whether `met` would know the release."""
        return self.met(key, sha256) is not None

    def take(self, product: Product) -> State:
        """Keep a release for the next shard; quarantine one that does not conform."""
        release = product.reading.release
        if product.refusal:
            self._quarantine.put(Refused(release.key, now(), self._engine, product.reading, product.rows, product.report))
            return "quarantined"
        self._quarantine.drop(release.key)
        self._waiting.append(product)
        if len(self._waiting) >= self._size:
            self._flush()
        return "stored"

    def settle(self) -> None:
        """A shard is written when it is full, or when the run ends."""

    def finish(self, counts: Mapping[State, int]) -> None:
        """Write the last shard."""
        self._flush()

    def _flush(self) -> None:
        """Write a shard of what waits, then take earlier readings of the same releases out of theirs."""
        if not self._waiting:
            return
        latest = {product.reading.release.key: product for product in self._waiting}
        name = f"{max((int(shard[:6]) for shard in self._shards), default=0) + 1:06}.nq.zst"
        rows = dict.fromkeys(line for product in latest.values() for line in in_lines(product.rows + product.authority))
        with written(self._folder):
            write_whole(self._folder / name, _packed("".join(f"{line}\n" for line in rows)))
            self._note(Shard(name, self._engine, {key: product.reading.release.sha256 for key, product in latest.items()}))
            self._tidy()
        self._there.update({key: (product.reading.release.sha256, self._engine) for key, product in latest.items()})
        self._waiting.clear()

    def _tidy(self) -> None:
        """Leave no release in two shards, and no file that the list does not know."""
        seen: set[str] = set()
        for name in sorted(self._shards, reverse=True):
            shard = self._shards[name]
            twice = shard.releases.keys() & seen
            seen |= shard.releases.keys()
            if twice:
                gone = {f"<{self.base_iri}{graph_path(key)}> .\n" for key in twice}
                kept = [line for line in _unpacked(self._folder / name) if line[line.rfind("<") :] not in gone]
                write_whole(self._folder / name, _packed("".join(kept)))
                self._note(Shard(name, shard.engine, {key: sha for key, sha in shard.releases.items() if key not in twice}))
        for path in self._folder.glob("[0-9]*.nq.zst"):
            if path.name not in self._shards:
                path.unlink()

    def _note(self, shard: Shard) -> None:
        with (self._folder / _LIST).open("ab") as out:
            out.write(msgspec.json.encode(shard) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        self._shards[shard.shard] = shard

    def _known(self) -> dict[str, Shard]:
        body = (self._folder / _LIST).read_bytes()
        if not body.endswith(b"\n") and body:  # the line of a run that was killed
            body = body[: body.rfind(b"\n") + 1]
            write_whole(self._folder / _LIST, body)
        return _listed(self._folder, body)


def shards_in(folder: Path) -> tuple[Shard, ...] | None:
    """Return the shards of a folder, None for a folder of something else; the vocabulary comes first, as one without releases."""
    if not (folder / _LIST).exists():
        return None
    body = (folder / _LIST).read_bytes()
    return Shard(_VOCABULARY, "", {}), *_listed(folder, body[: body.rfind(b"\n") + 1]).values()


def _listed(folder: Path, body: bytes) -> dict[str, Shard]:
    try:
        found = [msgspec.json.decode(line, type=Shard) for line in body.splitlines()]
    except msgspec.DecodeError as fault:
        raise StoreError(f"{folder / _LIST} cannot be read ({fault}): remove the folder and begin again") from fault
    return {shard.shard: shard for shard in found if (folder / shard.shard).exists()}


def _packed(text: str) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(text.encode())


def _unpacked(path: Path) -> list[str]:
    with path.open("rb") as packed:
        return list(io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), encoding="utf-8", newline="\n"))
