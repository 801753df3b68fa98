"""Pictures that look like others in the archive, found through indexed bands of their hashes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from claims.media.lookalike import BAND_BITS, BANDS, MOST_BITS, Print, bands, fine_agrees, probes
from claims.models import LookPrint
from claims.models.looks import sharing_a_band

WHOLE, WINDOW = 1 << BAND_BITS, 0
_ALL, _SIGN = (1 << 64) - 1, 1 << 63


@dataclass(frozen=True)
class Found:
    """One capture that looks alike: how many of 64 bits differ, and in which way the two match."""

    capture_id: Any
    bits: int
    is_mirrored: bool
    is_part: bool


def row_of(capture_id: Any, print_: Print) -> LookPrint:
    """The row that stores a print, not yet saved."""
    shelf = WHOLE if print_.whole else WINDOW
    return LookPrint(
        capture_id=capture_id,
        window=print_.window,
        coarse=_signed(print_.coarse),
        fine=print_.fine.to_bytes(32, "big"),
        **{f"band{number}": shelf | value for number, value in enumerate(bands(print_.coarse))},
    )


def prints_of(capture_ids: Sequence[Any]) -> list[Print]:
    """The stored prints of captures."""
    rows = LookPrint.objects.filter(capture_id__in=capture_ids)
    return [_print(*row) for row in rows.values_list("window", "coarse", "fine")]


def look_alikes(
    prints: Iterable[Print], mirrored: Iterable[Print] = (), *, but: Sequence[Any] = (), most: int = 20
) -> list[Found]:
    """Captures that look like the picture with these prints, nearest first; `but` are capture ids to leave out.

    Eight queries by index at most. Wholes are compared with wholes and windows, windows with wholes only, as
    claims.media.likeindex does.
    """
    best: dict[Any, Found] = {}
    for turned, asked in ((False, list(prints)), (True, list(mirrored))):
        for is_whole, shelves in ((True, (WHOLE, WINDOW)), (False, (WHOLE,))):
            group = [p for p in asked if p.whole == is_whole]
            for capture_id, bits, whole in _near(group, shelves):
                found = Found(capture_id, bits, turned, not (is_whole and whole))
                known = best.get(capture_id)
                if known is None or (bits, found.is_part) < (known.bits, known.is_part):
                    best[capture_id] = found
    left_out = set(map(str, but))
    kept = [one for one in best.values() if str(one.capture_id) not in left_out]
    return sorted(kept, key=lambda f: (f.bits, f.is_part, f.is_mirrored, str(f.capture_id)))[:most]


def _near(group: Sequence[Print], shelves: Sequence[int]) -> Iterable[tuple[Any, int, bool]]:
    """Captures with a print on these shelves that is near one of the group: the bits by which the two differ, and
    whether the whole picture is. Thousands share a band and few are near, so the index alone is compared first.
    """
    probed = [probes(asked.coarse, wide=asked.whole) for asked in group]
    if not probed:
        return
    values = [
        {shelf | value for shelf in shelves for one in probed for value in one[number]}
        for number in range(BANDS)
    ]
    sharing = sharing_a_band(values, [_signed(asked.coarse) for asked in group], most=MOST_BITS)
    near = {
        key
        for asked in group
        for key, coarse in sharing
        if ((coarse ^ asked.coarse) & _ALL).bit_count() <= MOST_BITS
    }
    rows = LookPrint.objects.filter(pk__in=near).values_list("capture_id", "window", "coarse", "fine")
    for capture_id, window, coarse, fine in rows if near else ():
        stored = _print(window, coarse, fine)
        bits = [n for n, asked in _apart(group, coarse) if fine_agrees(asked.fine, stored.fine)]
        if bits:
            yield capture_id, min(bits), stored.whole


def _print(window: int, coarse: int, fine: bytes | memoryview) -> Print:
    """A print as it was stored."""
    return Print(window, coarse & _ALL, int.from_bytes(bytes(fine), "big"))


def _apart(group: Sequence[Print], coarse: int) -> list[tuple[int, Print]]:
    """Those of the group that the stored hash is near, with the bits by which they differ."""
    return [(bits, p) for p in group if (bits := ((p.coarse ^ coarse) & _ALL).bit_count()) <= MOST_BITS]


def _signed(coarse: int) -> int:
    """64 bits as the databases hold them."""
    return coarse - 2 * _SIGN if coarse >= _SIGN else coarse
