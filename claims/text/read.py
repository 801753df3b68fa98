"""Text in, proposed claims out."""

from collections.abc import Iterator, Sequence
from datetime import date

from claims.text.reading import Part, Proposed, Reading
from claims.text.registry import KnownSource


def read(
    text: str,
    *,
    published_on: date | None,
    lang: str | None = None,
    zone: str = "Asia/Damascus",
    sources: Sequence[KnownSource] | None = None,
    publisher: str | None = None,
) -> Reading:
    """The claims an editor would log from `text`, in text order.

    `published_on` is a day in `zone`; None leaves relative dates unresolved. `lang` is "ar" or "en", None decides
    from the letters. `sources` replaces the registry that comes with the product. `publisher` is a registry key.
    """
    parts = list(
        read_parts(
            text, published_on=published_on, lang=lang, zone=zone, sources=sources, publisher=publisher
        )
    )
    proposals = tuple(p for part in parts for p in part.proposals)
    needs = any(p.event and p.event.precision == "unresolved" for p in proposals)
    return Reading(parts[-1].lang, proposals, published_on, zone, len(text), needs)


def read_parts(
    text: str,
    *,
    published_on: date | None,
    lang: str | None = None,
    zone: str = "Asia/Damascus",
    sources: Sequence[KnownSource] | None = None,
    publisher: str | None = None,
) -> Iterator[Part]:
    """The same reading step by step, for long texts. The last part has `done` 1.0; there is always one."""
    lang = lang or guess_lang(text)
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        start = at + line.find(body) if body else at
        at += len(line)
        if len(body) >= 15:
            yield Part(at / len(text), (Proposed(start, start + len(body)),), lang)
    yield Part(1.0, (), lang)


def guess_lang(text: str) -> str:
    """ "ar" where Arabic letters outnumber Latin ones in the first 4,000 characters, else "en"."""
    head = text[:4000]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in head)
    return "ar" if arabic > sum(c.isascii() and c.isalpha() for c in head) else "en"
