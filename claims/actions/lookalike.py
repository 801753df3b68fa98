"""Pictures that look like others in the archive, found through indexed bands of their hashes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from claims.media.lookalike import MOST_BITS, Print, bands, fine_agrees, probes
from claims.models import LookHash

WHOLE, WINDOW = "a", "b"


@dataclass(frozen=True)
class Found:
    """One capture that looks alike: how many of 64 bits differ, and in which way the two match."""

    capture_id: Any
    bits: int
    is_mirrored: bool
    is_part: bool


def band_names(print_: Print) -> list[str]:
    """What a stored hash is indexed by: shelf, number of the band, its 16 bits."""
    shelf = WHOLE if print_.whole else WINDOW
    return [f"{shelf}{number}{value:04x}" for number, value in enumerate(bands(print_.coarse))]


def value_of(print_: Print) -> str:
    """Both hashes in hexadecimal, 16 and 64 digits."""
    return f"{print_.coarse:016x}{print_.fine:064x}"


def prints_of(capture_ids: Sequence[Any]) -> list[Print]:
    """The stored prints of captures, each once."""
    rows = LookHash.objects.filter(capture_id__in=capture_ids).values_list("variant", "value").distinct()
    return [Print(_window(variant), int(value[:16], 16), int(value[16:], 16)) for variant, value in rows]


def look_alikes(
    prints: Iterable[Print], mirrored: Iterable[Print] = (), *, but: Sequence[Any] = (), most: int = 20
) -> list[Found]:
    """Captures that look like the picture with these prints, nearest first; `but` are capture ids to leave out.

    Three indexed queries at most. Wholes are compared with wholes and windows, windows with wholes only, as
    claims.media.likeindex does.
    """
    best: dict[Any, Found] = {}
    for turned, asked in ((False, list(prints)), (True, list(mirrored))):
        wholes = [p for p in asked if p.whole]
        windows = [p for p in asked if not p.whole]
        for group, shelf, part in ((wholes, WHOLE, False), (wholes, WINDOW, True), (windows, WHOLE, True)):
            _look(group, shelf, part, turned, best, set(map(str, but)))
    return sorted(best.values(), key=lambda f: (f.bits, f.is_part, f.is_mirrored, str(f.capture_id)))[:most]


def _look(
    group: Sequence[Print], shelf: str, part: bool, turned: bool, best: dict[Any, Found], but: set[str]
) -> None:
    names = {
        f"{shelf}{number}{value:04x}"
        for asked in group
        for number, values in enumerate(probes(asked.coarse, wide=asked.whole))
        for value in values
    }
    if not names:
        return
    rows = LookHash.objects.filter(band__in=sorted(names)).values_list("capture_id", "value").distinct()
    for capture_id, value in rows.iterator(chunk_size=5000):
        if str(capture_id) in but:
            continue
        bits = _nearest(group, int(value[:16], 16), value[16:])
        known = best.get(capture_id)
        if bits is not None and (known is None or bits < known.bits):
            best[capture_id] = Found(capture_id, bits, turned, part)


def _nearest(group: Sequence[Print], coarse: int, fine: str) -> int | None:
    """Fewest differing bits to one of the group whose fine hash agrees too, or None."""
    near = [(bits, p) for p in group if (bits := (p.coarse ^ coarse).bit_count()) <= MOST_BITS]
    if not near:
        return None
    kept = int(fine, 16)
    agreeing = [bits for bits, p in near if fine_agrees(p.fine, kept)]
    return min(agreeing, default=None)


def _window(variant: str) -> int:
    return int(variant.removeprefix("w"))
