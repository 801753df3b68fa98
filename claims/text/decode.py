"""Bytes of a text file to text, without losing or inventing a character."""

import codecs

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no article has; they show that bytes were read in the wrong encoding.
_ODD = set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D} | set(range(0x7F, 0xA0))


class Unreadable(ValueError):
    """The bytes are no text in any encoding known here."""


def decode_text(raw: bytes) -> tuple[str, str]:
    """The text and the encoding it was read in: UTF-8, UTF-16 (marked or guessed), else windows-1256.

    windows-1256 accepts every byte, so it is taken only where the result looks like Arabic. A byte order mark is not
    part of the text. Raises Unreadable.

    >>> decode_text("دير الزور".encode("cp1256"))
    ('دير الزور', 'windows-1256')
    """
    for mark, encoding in _MARKED:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], encoding), encoding
    try:
        return _plain(raw.decode("utf-8")), "utf-8"
    except ValueError:
        pass
    if encoding := _unmarked_utf16(raw):
        return _strict(raw, encoding), encoding
    text = _strict(raw, "cp1256")
    if not _arabic_enough(text):
        raise Unreadable("windows-1256")
    return text, "windows-1256"


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return _plain(raw.decode(encoding))
    except ValueError as error:
        raise Unreadable(encoding) from error


def _plain(text: str) -> str:
    """The text, unless control characters show that it is none. UTF-16 without a mark is full of NULs."""
    odd = sum(ord(char) in _ODD for char in text[:20_000])
    if odd > len(text[:20_000]) / 50:
        raise Unreadable("control characters")
    return text


def _unmarked_utf16(raw: bytes) -> str:
    """Which half of each pair is mostly one and the same byte: the high one, of Arabic (06) or Latin (00)."""
    head = raw[:4000]
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if high and sum(byte in (0x00, 0x06) for byte in high) > 0.9 * len(high):
            return encoding
    return ""


def _arabic_enough(text: str) -> bool:
    letters = [char for char in text[:20_000] if char.isalpha()]
    return sum("\u0600" <= char <= "\u06ff" for char in letters) > len(letters) / 3
