"""Bytes to text, or a clear refusal: no character is guessed at in silence."""

from __future__ import annotations

import codecs
import re

from elshi import ElshiError

__all__ = ["Unreadable", "decode"]

#: What the first bytes of files people mistake for text say about them.
MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"{\\rtf", "an RTF document"),
)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: The encodings that Kazakh, Russian and English text has come in before UTF-8.
LEGACY = ("cp1251", "kz1048", "ptcp154", "koi8_r", "cp866", "cp1252")
#: Letters of the alphabets Elshi reads; in a wrong single-byte encoding, others turn up at once.
LETTERS = re.compile(r"[A-Za-zÀ-ÿА-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Unreadable(ElshiError):
    """A page that holds no release Elshi can read; `cause` says why in one line, `name` says which."""

    def __init__(self, cause: str, name: str = "") -> None:
        super().__init__(f"{name}: {cause}" if name else cause)
        self.cause = cause
        self.name = name


def decode(body: bytes, *declared: str) -> str:
    """Return the text of `body` without its byte order mark, nothing else changed.

    The order is: a byte order mark, strict UTF-8, the encodings the source declares, and last an older encoding where the bytes
    leave no doubt. Raises Unreadable for nothing, for binary data, and for bytes that fit no encoding.

    >>> decode("Елші".encode("utf-8-sig"))
    'Елші'
    """
    if not body.strip():
        raise Unreadable("empty file")
    for magic, kind in MAGIC:
        if body.startswith(magic):
            raise Unreadable(f"{kind}, not text: save it as .txt or .html first")
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return _strict(body[len(mark) :], encoding)
    if b"\0" in body:
        raise Unreadable("binary data, not text")
    text = next(filter(None, (_try(body, encoding) for encoding in ("utf-8", *declared))), None) or _legacy(body)
    if CONTROL.search(text):
        raise Unreadable("binary data, not text")
    return text


def _strict(body: bytes, encoding: str) -> str:
    text = _try(body, encoding)
    if text is None:
        raise Unreadable(f"broken text: its byte order mark says {encoding}, its bytes do not")
    return text


def _try(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _legacy(body: bytes) -> str:
    """Decode by the one older encoding in which the bytes are plainly words."""
    from charset_normalizer import from_bytes

    found = from_bytes(body, cp_isolation=list(LEGACY), enable_fallback=False).best()
    text = _try(body, found.encoding) if found else None
    if text is None or not _plausible(text):
        raise Unreadable("neither UTF-8 nor an older encoding for certain: save it as UTF-8")
    return text


def _plausible(text: str) -> bool:
    """Whether the letters are of our alphabets and mostly lower-case, as in running text and in no mis-decoded one."""
    letters = [char for char in text if char.isalpha()]
    ours = sum(1 for char in letters if LETTERS.match(char))
    lower = sum(1 for char in letters if char.islower())
    return bool(letters) and ours >= 0.98 * len(letters) and lower >= 0.7 * len(letters)
