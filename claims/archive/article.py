"""The article inside a saved page: its text, and what the page says of itself."""

from dataclasses import dataclass
from datetime import date

import trafilatura
from trafilatura.settings import use_config


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
    """The main text of an HTML page and its facts, offered to an editor as defaults; None when there is no text in it.

    Never leaves the machine. The bytes may be in any encoding that the page declares.
    """
    config = use_config()
    config.set(
        "DEFAULT", "EXTRACTION_TIMEOUT", "0"
    )  # its timer needs the main thread; requests run in others
    found = trafilatura.bare_extraction(
        page,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        config=config,
    )
    if found is None:
        return None
    text = str(getattr(found, "text", None) or "").strip()
    return _article(found, text) if text else None


def _article(found: object, text: str) -> Article:
    def fact(name: str) -> str:
        return str(getattr(found, name, None) or "").strip()

    return Article(text, fact("title"), fact("author"), fact("sitename"), fact("url"), _day(fact("date")))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
