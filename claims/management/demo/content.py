"""The texts and tables of the illustration, as they lie in `data/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from claims.management.demo.pictures import PICTURES

DATA = Path(__file__).parent / "data"
Item = dict[str, Any]


@cache
def table(name: str) -> Item:
    """One TOML file, parsed."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def rows(name: str, of: str) -> list[Item]:
    """The entries of a table of that file, in order."""
    found: list[Item] = table(name).get(of, [])
    return found


def text(file: str) -> str:
    """A text as it will be pasted: without the line end of the last line."""
    return (DATA / file).read_text(encoding="utf-8").rstrip("\n")


def file_of(item: Item) -> tuple[str, bytes]:
    """Name and bytes of a file that is attached: drawn now, or read from beside this module."""
    if "drawing" in item:
        return item["drawing"], PICTURES[item["drawing"]]()
    return item["file"], (DATA / item["file"]).read_bytes()


def span_of(body: str, quote: str) -> tuple[int, int]:
    """Where the quoted words stand, in code points, half open. Raises ValueError unless they stand there once."""
    start = body.index(quote)
    if body.find(quote, start + 1) >= 0:
        raise ValueError(f"stands twice: {quote}")
    return start, start + len(quote)


def where(key: str) -> Item:
    """The fields of a place, as claims and incidents carry them."""
    if not key:
        return {}
    place = table("incidents")["place"][key]
    return {
        "place": f"{place['name_ar']} · {place['name_en']}",
        "place_key": place["key"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "place_precision_m": place["precision_m"],
    }


def when(key: str) -> Item:
    """Earliest, latest, precision and words of a time; empty for none."""
    found: Item = table("incidents")["time"][key] if key else {}
    return found
