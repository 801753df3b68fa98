"""The article inside a page that somebody saved: its text, and what the page says of itself."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claims.errors import FactcheckError
from claims.media import sandbox

# Somebody waits for the form. Pages of 4 MB made to be slow took 28 s and 800 MB (measured 2026-11-26).
LIMITS = sandbox.Limits(seconds=30, cpu_seconds=25, memory=1024 * sandbox.MEGABYTE)


@dataclass(frozen=True)
class Article:
    """What a page holds. `title`, `author`, `site` and `url` are "" where the page does not say."""

    text: str
    title: str = ""
    author: str = ""
    site: str = ""
    url: str = ""
    published_on: date | None = None


def article_of(page: bytes) -> Article | None:
    """The main text of an HTML page and its facts, offered to an editor as defaults; None when there is no text in it,
    or the reader, which works apart, dies of it.

    Never leaves the machine. The bytes may be in any encoding that the page declares.
    """
    with tempfile.TemporaryDirectory(prefix="factcheck-page-") as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        try:
            found = sandbox.run("saved_page", path, limits=LIMITS)
        except FactcheckError:
            return None
    return Article(**{**found, "published_on": _day(found["published_on"])}) if found else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
