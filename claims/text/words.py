"""Word lists: kept as data, one list to a paragraph, folded once when first asked for."""

from functools import lru_cache
from pathlib import Path

from claims.text.normalise import fold

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=4)
def raw_lists(lang: str) -> dict[str, tuple[str, ...]]:
    """Every list of `words.<lang>.txt` by name, as written.

    A line `[name]` opens a list; entries stand on the lines under it, parted by `;`. `#` begins a remark.
    """
    lists: dict[str, list[str]] = {}
    name = ""
    for line in (DATA / f"words.{lang}.txt").read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            name = line.strip("[]")
            lists[name] = []
        elif line:
            lists[name] += [entry.strip() for entry in line.split(";") if entry.strip()]
    return {k: tuple(v) for k, v in lists.items()}


@lru_cache(maxsize=256)
def word_list(lang: str, name: str) -> frozenset[str]:
    """The folded entries of one list. Raises KeyError for a name that is not there."""
    return frozenset(fold(entry) for entry in raw_lists(lang)[name])
