"""Do two pictures show the same? Perceptual hashes of a picture and of windows of it, and how near two are.

A DCT hash (64 bits, the low frequencies of a 32 x 32 grey copy) finds candidates; a gradient hash (256 bits)
must agree. Re-encoding and resizing move few bits. Borders are trimmed, mild crops are met by hashing windows
too, mirrored copies by asking with the hashes of the mirrored picture as well.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from operator import mul
from typing import Any

from PIL import Image, ImageChops, ImageOps

from claims.media.picture import Box

MOST_BITS = 10
MOST_FINE = 0.6
WORKING = 256
SIDE = 32
LOW = 8
FINE = 16
PLAIN = 24
# The whole, then what is left when each side loses about a fortieth or about a thirteenth: with these, any
# crop of up to a tenth a side lies within a fortieth of one window. Found by trial, 2026-11-23.
WINDOWS = (
    Box(0, 0, 1, 1),
    *(Box(a, b, 1 - c, 1 - d) for a, b, c, d in product((0.025, 0.075), repeat=4)),
)
BANDS = 4
BAND_BITS = 16
_COSINES = tuple(
    tuple(math.cos(math.pi * (2 * x + 1) * u / (2 * SIDE)) for x in range(SIDE)) for u in range(LOW)
)
_ONE_OFF = (0, *(1 << a for a in range(BAND_BITS)))
_TWO_OFF = (*_ONE_OFF, *(1 << a | 1 << b for a, b in combinations(range(BAND_BITS), 2)))


@dataclass(frozen=True)
class Print:
    """The hashes of one window: `coarse` has 64 bits, `fine` 256. `window` numbers WINDOWS, then the same
    windows of the picture without its borders."""

    window: int
    coarse: int
    fine: int

    @property
    def whole(self) -> bool:
        """Is this the whole picture, with or without its borders?"""
        return self.window % len(WINDOWS) == 0

    def as_json(self) -> list[Any]:
        """[window, coarse, fine] with the hashes in hexadecimal, 16 and 64 digits."""
        return [self.window, f"{self.coarse:016x}", f"{self.fine:064x}"]

    @classmethod
    def from_json(cls, value: list[Any]) -> "Print":
        """Back from `as_json`."""
        return cls(int(value[0]), int(value[1], 16), int(value[2], 16))


def prints(image: Image.Image) -> list[Print]:
    """The hashes to store for an upright picture: 17, or 34 when it has borders that could be trimmed."""
    return _prints(_reduced(image))


def mirrored_prints(image: Image.Image) -> list[Print]:
    """The hashes of the mirrored picture: only to ask with, never to store."""
    return _prints(ImageOps.mirror(_reduced(image)))


def distance(one: Print, other: Print) -> int | None:
    """Bits by which two coarse hashes differ, or None when the two do not show the same."""
    bits = (one.coarse ^ other.coarse).bit_count()
    return bits if bits <= MOST_BITS and fine_agrees(one.fine, other.fine) else None


def bands(coarse: int) -> tuple[int, ...]:
    """A coarse hash cut into four numbers of 16 bits, for indexed columns."""
    return tuple(coarse >> BAND_BITS * band & 0xFFFF for band in range(BANDS))


def probes(coarse: int, *, wide: bool = True) -> list[list[int]]:
    """For each band the values it can have in a near hash, of which one band at least will match.

    Wide: 137 values a band, complete up to 10 bits (two hashes at most 11 bits apart differ by at most 2 in
    one of four bands). Else 17 values, complete up to 7 bits.
    """
    offsets = _TWO_OFF if wide else _ONE_OFF
    return [[band ^ off for off in offsets] for band in bands(coarse)]


def fine_agrees(one: int, other: int) -> bool:
    """Measured against the bits set: in dark or empty pictures few are, and chance agreement is large."""
    return (one ^ other).bit_count() <= MOST_FINE * max(1, (one | other).bit_count())


def _reduced(image: Image.Image) -> Image.Image:
    """A grey copy of at most 256 pixels a side, on white where it is transparent."""
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    grey = image.convert("L")
    grey.thumbnail((WORKING, WORKING), Image.Resampling.BOX, reducing_gap=2.0)
    return grey


def _prints(grey: Image.Image) -> list[Print]:
    found = list(_windows(grey, 0))
    inner = _without_borders(grey)
    return found if inner is None else found + list(_windows(inner, len(WINDOWS)))


def _windows(grey: Image.Image, first: int) -> Iterator[Print]:
    width, height = grey.size
    for number, window in enumerate(WINDOWS, first):
        box = (window.left * width, window.top * height, window.right * width, window.bottom * height)
        yield Print(number, _coarse(grey, box), _fine(grey, box))


def _coarse(grey: Image.Image, box: tuple[float, float, float, float]) -> int:
    """One bit for each of the 8 x 8 lowest frequencies (DCT-II): above the median or not."""
    pixels = grey.resize((SIDE, SIDE), Image.Resampling.BOX, box=box).tobytes()
    rows = [pixels[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    columns = [[sum(map(mul, row, wave)) for row in rows] for wave in _COSINES]
    values = [sum(map(mul, column, wave)) for column in columns for wave in _COSINES]
    median = sorted(values)[len(values) // 2]
    return _as_number(value > median for value in values)


def _fine(grey: Image.Image, box: tuple[float, float, float, float]) -> int:
    """One bit for each step to the right in a 17 x 16 copy: darker or not."""
    pixels = grey.resize((FINE + 1, FINE), Image.Resampling.BOX, box=box).tobytes()
    rows = (pixels[start : start + FINE + 1] for start in range(0, len(pixels), FINE + 1))
    return _as_number(left > right for row in rows for left, right in pairwise(row))


def _as_number(bits: Iterator[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _without_borders(grey: Image.Image) -> Image.Image | None:
    """The part inside a plain frame of the corner's colour, or None when there is no frame or little inside."""
    ground = Image.new("L", grey.size, grey.getpixel((0, 0)))
    inner = ImageChops.difference(grey, ground).point(lambda value: 255 * (value > PLAIN)).getbbox()
    if inner is None or inner == (0, 0, *grey.size):
        return None
    width, height = inner[2] - inner[0], inner[3] - inner[1]
    return grey.crop(inner) if width >= 0.4 * grey.width and height >= 0.4 * grey.height else None
