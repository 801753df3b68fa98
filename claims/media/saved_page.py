"""A page that somebody saved and brings: its text, and what it says of itself. No network is used.

Parses hostile markup: call it through claims.media.sandbox.
"""

from pathlib import Path
from typing import Any

import trafilatura
from trafilatura.settings import use_config

FACTS = {"title": "title", "author": "author", "sitename": "site", "url": "url", "date": "published_on"}


def saved_page(path: Path) -> dict[str, str] | None:
    """{text, title, author, site, url, published_on}, "" where the page does not say; None when there is no text in it.

    The bytes may be in any encoding that the page declares.
    """
    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # the asker's clock counts
    found: Any = trafilatura.bare_extraction(
        path.read_bytes(),
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        config=config,
    )
    text = _said(found, "text") if found is not None else ""
    return {"text": text, **{ours: _said(found, theirs) for theirs, ours in FACTS.items()}} if text else None


def _said(found: object, name: str) -> str:
    return str(getattr(found, name, None) or "").strip()
