"""Where a file's own format says it ends: earlier than the file is trailing data, later is a truncated file."""

import re
from collections.abc import Callable
from mmap import mmap
from struct import error as StructError
from struct import unpack_from

Span = tuple[int, bool]
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_BARE_MARKERS = {0x01, *range(0xD0, 0xD8)}
MOST_PARTS = 200_000
MOST_BLOCKS = 2_000_000
_BLANKS = re.compile(rb"[\r\n\0 \t]*")


def extent(data: mmap, media_type: str) -> Span | None:
    """(offset where the format's data ends, whether it is whole), or None for formats we do not walk.

    Reads headers only, except for JPEG, whose entropy-coded part must be searched for its end mark.
    """
    walk = _WALKS.get(media_type)
    if walk is None:
        return None
    try:
        return walk(data)
    except (StructError, IndexError):
        return len(data), False


def _jpeg(data: mmap) -> Span:
    """ITU-T T.81 Annex B: marker segments until EOI; after SOS the data runs to the next real marker."""
    at = 2
    for _ in range(MOST_PARTS):
        if data[at] != 0xFF:
            return at, False
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2, True
        at = _after_jpeg_segment(data, at, marker)
    return at, False


def _after_jpeg_segment(data: mmap, at: int, marker: int) -> int:
    if marker == 0xFF:
        return at + 1
    if marker in _BARE_MARKERS:
        return at + 2
    after = at + 2 + int(unpack_from(">H", data, at + 2)[0])
    if marker != 0xDA:
        return after
    found = _JPEG_MARKER.search(data, after)
    return found.start() if found else len(data)


def _png(data: mmap) -> Span:
    at = 8
    for _ in range(MOST_PARTS):
        length, name = unpack_from(">I4s", data, at)
        at += 12 + length
        if name == b"IEND":
            return min(at, len(data)), at <= len(data)
    return at, False


def _gif(data: mmap) -> Span | None:
    flags = data[10]
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    for _ in range(MOST_PARTS):
        mark = data[at]
        if mark == 0x3B:
            return at + 1, True
        if mark not in (0x21, 0x2C):
            return at, False
        after = _after_gif_blocks(data, at + 2 if mark == 0x21 else _after_gif_frame_head(data, at))
        if after is None:
            return None
        at = after
    return at, False


def _after_gif_frame_head(data: mmap, at: int) -> int:
    flags = data[at + 9]
    return at + 10 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0) + 1


def _after_gif_blocks(data: mmap, at: int) -> int | None:
    """None for what no program writes: blocks so small, and so many, that walking them would take minutes."""
    for _ in range(MOST_BLOCKS):
        if not data[at]:
            return at + 1
        at += 1 + data[at]
    return None


def _riff(data: mmap) -> Span:
    end = 8 + int(unpack_from("<I", data, 4)[0])
    end += end & 1
    return min(end, len(data)), end <= len(data) + 1


def _boxes(data: mmap) -> Span:
    """ISO base media: boxes to the end of the file; a box of size 0 takes all the rest."""
    at = 0
    for _ in range(MOST_PARTS):
        if at == len(data):
            return at, True
        size, name = unpack_from(">I4s", data, at)
        if not re.fullmatch(rb"[ -~\xa9]{4}", name):
            return at, True
        if size == 1:
            size = unpack_from(">Q", data, at + 8)[0]
        if size == 0:
            return len(data), True
        if size < 8 or at + size > len(data):
            return len(data), False
        at += size
    return at, False


def _pdf(data: mmap) -> Span:
    """ISO 32000-1, 7.5.5: the last %%EOF, which readers look for in the last 1024 bytes; newlines may follow."""
    at = data.rfind(b"%%EOF")
    if at < 0:
        return len(data), False
    blanks = _BLANKS.match(data, at + 5)
    return (blanks.end() if blanks else at + 5), True


_WALKS: dict[str, Callable[[mmap], Span | None]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/gif": _gif,
    "image/webp": _riff,
    "video/x-msvideo": _riff,
    "audio/wav": _riff,
    "image/avif": _boxes,
    "image/heic": _boxes,
    "video/mp4": _boxes,
    "video/quicktime": _boxes,
    "video/3gpp": _boxes,
    "audio/mp4": _boxes,
    "application/pdf": _pdf,
}
