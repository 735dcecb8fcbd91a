"""Elshi reads press releases of foreign ministries into an RDF graph whose every fact quotes its sentence."""

from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["ElshiError", "__version__", "resource"]
__version__ = "0.1.0"


class ElshiError(Exception):
    """What went wrong, where, and what to do about it, in one line."""


def resource(name: str) -> Traversable:
    """Return a file or folder that ships with the package, such as `ontology/elshi.ttl`."""
    return files("elshi").joinpath(name)
