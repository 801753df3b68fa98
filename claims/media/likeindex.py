"""Look-alikes among many: an index in memory over stored prints. 100,000 pictures take about 200 MB."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from claims.media.lookalike import BANDS, MOST_BITS, Print, bands, fine_agrees, probes

FINE_BYTES = 32


@dataclass(frozen=True)
class Alike:
    """One picture that looks like the one asked about: how many of 64 bits differ, and in which way they match."""

    item: int
    bits: int
    mirrored: bool
    cropped: bool


class _Shelf:
    """Prints by their four bands. A bucket lists rows; a removed row stays behind as item -1."""

    def __init__(self) -> None:
        self.items = array("q")
        self.coarse = array("Q")
        self.fine = bytearray()
        self.buckets: list[dict[int, array[int]]] = [{} for _ in range(BANDS)]

    def add(self, item: int, print_: Print) -> None:
        row = len(self.items)
        self.items.append(item)
        self.coarse.append(print_.coarse)
        self.fine += print_.fine.to_bytes(FINE_BYTES, "big")
        for bucket, band in zip(self.buckets, bands(print_.coarse), strict=True):
            rows = bucket.get(band)
            if rows is None:
                rows = bucket[band] = array("I")
            rows.append(row)

    def near(self, asked: Print) -> dict[int, int]:
        """Item to the fewest bits by which one of its prints differs from the one asked about.

        A picture asks with up to 64 windows, so these probe narrowly: complete up to 7 bits only.
        """
        coarse, wanted = self.coarse, asked.coarse
        rows = set()
        for bucket, values in zip(self.buckets, probes(wanted, wide=asked.whole), strict=True):
            for value in values:
                found = bucket.get(value)
                if found:
                    rows.update([row for row in found if (coarse[row] ^ wanted).bit_count() <= MOST_BITS])
        best: dict[int, int] = {}
        for row in rows:
            if fine_agrees(asked.fine, self._fine_of(row)):
                item, bits = self.items[row], (coarse[row] ^ wanted).bit_count()
                best[item] = min(bits, best.get(item, bits))
        best.pop(-1, None)
        return best

    def _fine_of(self, row: int) -> int:
        return int.from_bytes(self.fine[row * FINE_BYTES : (row + 1) * FINE_BYTES], "big")

    def remove(self, item: int) -> None:
        for row, kept in enumerate(self.items):
            if kept == item:
                self.items[row] = -1


class LikeIndex:
    """Items are the caller's numbers (evidence ids, say). Windows are only compared with wholes: a crop of
    either finds the other, and two windows of unrelated pictures get no chance to meet."""

    def __init__(self) -> None:
        self._wholes = _Shelf()
        self._windows = _Shelf()

    def add(self, item: int, prints: Iterable[Print]) -> None:
        """Put a picture's stored prints in."""
        for print_ in prints:
            (self._wholes if print_.whole else self._windows).add(item, print_)

    def remove(self, item: int) -> None:
        """Take a picture out. Walks all rows; meant to be rare."""
        self._wholes.remove(item)
        self._windows.remove(item)

    def query(
        self, prints: Iterable[Print], mirrored: Iterable[Print] = (), *, most: int = 50
    ) -> list[Alike]:
        """The pictures that look like the one with these prints, nearest first, each once, at most `most`.

        The picture itself is among them when it is in the index.
        """
        best: dict[int, Alike] = {}
        for turned, asked in ((False, prints), (True, mirrored)):
            for print_ in asked:
                self._ask(print_, turned, best)
        return sorted(best.values(), key=lambda a: (a.bits, a.cropped, a.mirrored, a.item))[:most]

    def _ask(self, print_: Print, turned: bool, best: dict[int, Alike]) -> None:
        shelves = [(self._wholes, not print_.whole)]
        if print_.whole:
            shelves.append((self._windows, True))
        for shelf, cropped in shelves:
            for item, bits in shelf.near(print_).items():
                known = best.get(item)
                if known is None or (bits, cropped, turned) < (known.bits, known.cropped, known.mirrored):
                    best[item] = Alike(item, bits, turned, cropped)
