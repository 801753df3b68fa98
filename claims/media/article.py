"""The readable part of a web page: text, title, author, date, and the media it shows. No network is used.

Parses hostile markup: call it through claims.media.sandbox.
"""

import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import html as lxml_html
from lxml.etree import LxmlError

from claims.errors import Invalid
from claims.media.facts import clean

MOST_BYTES = 10 * 1024 * 1024
MOST_MEDIA = 40
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_SHOWN = (
    "//meta[@property='og:image' or @property='og:video' or @property='og:audio' or @name='twitter:image']/@content"
    " | //video/@src | //video/@poster | //audio/@src | //source/@src | //img/@src | //img/@data-src"
)
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


class NoArticle(Invalid):
    """Not a page that text can be taken from."""

    code = "no-article"


@dataclass(frozen=True)
class Article:
    """What the page offers. `published_on` is YYYY-MM-DD or empty; `media` are absolute addresses, each once,
    those the page itself names as its picture first. Everything is the page's word."""

    title: str = ""
    author: str = ""
    published_on: str = ""
    site: str = ""
    language: str = ""
    text: str = ""
    media: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return asdict(self)


def article(path: Path, url: str, *, charset: str = "") -> Article:
    """Read the page in the file. `charset` is what the server said, if anything. Raises NoArticle."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES)
    page = decoded(data, charset)
    if not page.strip():
        raise NoArticle
    read: Any = trafilatura.bare_extraction(page, url=url, with_metadata=True, include_comments=False)
    tree = _tree(page)
    if read is None:
        return Article(title=_title(tree), media=shown(tree, url))
    text = str(read.text or "")
    return Article(
        title=clean(read.title or _title(tree)),
        author=clean(read.author or "")[:300],
        published_on=str(read.date or "")[:10],
        site=clean(read.sitename or "")[:300],
        language=language_of(text),
        text=text.replace("\0", ""),
        media=shown(tree, url),
    )


def decoded(data: bytes, charset: str) -> str:
    """The page as text: by the server's charset, the page's own, UTF-8, then Windows-1256 as old Arabic sites have."""
    named = _CHARSET.search(data[:4096])
    for name in (charset, named.group(1).decode() if named else "", "utf-8"):
        try:
            return data.decode(name).replace("\0", "") if name else data.decode("utf-8").replace("\0", "")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    arabic = len(re.findall(rb"[\xc0-\xff]{2}", data)) > len(data) // 50
    return data.decode("windows-1256" if arabic else "latin-1", "replace").replace("\0", "")


def shown(tree: Any, url: str) -> list[str]:
    """Absolute http addresses of what the page shows, each once, at most forty."""
    if tree is None:
        return []
    base = _joined(url, str(next(iter(tree.xpath("//base/@href")), "")).strip()) or url
    found: dict[str, None] = {}
    for value in tree.xpath(_SHOWN):
        address = _joined(base, str(value).strip())
        if address:
            found.setdefault(address)
    return list(found)[:MOST_MEDIA]


def language_of(text: str) -> str:
    """'ar' or 'en' by the script most of the letters are in; empty without letters."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if not arabic + latin:
        return ""
    return "ar" if arabic >= latin else "en"


def _tree(page: str) -> Any:
    try:
        return lxml_html.document_fromstring(
            page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8", no_network=True)
        )
    except (LxmlError, ValueError):
        return None


def _title(tree: Any) -> str:
    return clean(tree.findtext(".//title") or "") if tree is not None else ""


def _joined(url: str, value: str) -> str:
    try:
        address = urljoin(url, value)
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if value and parts.scheme in ("http", "https") and parts.netloc else ""
