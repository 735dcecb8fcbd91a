"""Stores in memory: an empty one, or a store on disk taken into memory for questions that walk all of it."""

from __future__ import annotations

from elshi.store.base import StoreError
from elshi.store.disk import DiskStores
from elshi.store.embedded import EmbeddedStore

__all__ = ["MemoryStores"]

_SCHEME = "memory:"


class MemoryStores:
    """Opens `memory:`, a store that lives as long as it is held, and `memory:PATH`, a copy of the store in a folder."""

    @staticmethod
    def writer(location: str) -> EmbeddedStore:
        """Open an empty store; a copy is for reading, for what is written to it would be lost."""
        if location[len(_SCHEME) :]:
            raise StoreError(f"{location} is a copy in memory, for reading: write to {location[len(_SCHEME) :]} itself")
        return EmbeddedStore.empty()

    @staticmethod
    def view(location: str) -> EmbeddedStore:
        """Open an empty store, or a copy of the one in a folder; raises StoreNotFound where there is none."""
        path = location[len(_SCHEME) :]
        if not path:
            return EmbeddedStore.empty()
        with DiskStores.view(path) as store:
            return store.in_memory()
