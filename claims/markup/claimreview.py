"""schema.org ClaimReview of one published verdict (Google's fact-check documentation; FEATURES §4.1).

The author is us, `itemReviewed.author` the origin of the claim's chain; every text is the one the page shows.
"""

import json
from dataclasses import dataclass
from typing import Any

from claims.markup.rating import BEST, NUMBERS, WORST, word

PERSON_KINDS = {"official", "eyewitness", "social_account"}


@dataclass(frozen=True)
class Newsroom:
    """Who reviews: name in the page's language, and home address."""

    name: str
    url: str


@dataclass(frozen=True)
class Speaker:
    """Who made the claim. `kind` is a source kind; officials and eyewitnesses are persons."""

    name: str
    kind: str
    url: str = ""


@dataclass(frozen=True)
class Reviewed:
    """The facts of one publication in one language. Times are ISO 8601 with a zone; `said_on` a day or empty."""

    url: str
    lang: str
    claim: str
    value: str
    explanation: str
    published_at: str
    modified_at: str
    origin: Speaker | None = None
    said_on: str = ""
    appearances: tuple[str, ...] = ()


def claim_review(fact: Reviewed, newsroom: Newsroom) -> dict[str, Any]:
    """The ClaimReview object. `unverified` carries its label and no number."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": fact.url,
        "url": fact.url,
        "inLanguage": fact.lang,
        "claimReviewed": fact.claim,
        "datePublished": fact.published_at,
        "dateModified": fact.modified_at,
        "author": {"@type": "Organization", "name": newsroom.name, "url": newsroom.url},
        "reviewRating": _rating(fact),
        "itemReviewed": _item(fact),
    }


def data_feed(reviews: list[dict[str, Any]], newsroom: Newsroom, modified_at: str) -> dict[str, Any]:
    """A schema.org DataFeed of many reviews, newest first."""
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": newsroom.name,
        "dateModified": modified_at,
        "dataFeedElement": [
            {"@type": "DataFeedItem", "dateModified": review["dateModified"], "item": review}
            for review in reviews
        ],
    }


def embedded(value: dict[str, Any]) -> str:
    """JSON that may stand inside a script element: no way out of it, and no line separator a parser trips over."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _rating(fact: Reviewed) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": word(fact.value, fact.lang)}
    if fact.value in NUMBERS:
        rating |= {"ratingValue": NUMBERS[fact.value], "bestRating": BEST, "worstRating": WORST}
    if fact.explanation:
        rating["ratingExplanation"] = fact.explanation
    return rating


def _item(fact: Reviewed) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": "Claim"}
    if fact.origin is not None:
        person = fact.origin.kind in PERSON_KINDS
        author = {"@type": "Person" if person else "Organization", "name": fact.origin.name}
        item["author"] = author | ({"sameAs": fact.origin.url} if fact.origin.url else {})
    if fact.said_on:
        item["datePublished"] = fact.said_on
    if fact.appearances:
        first, *rest = fact.appearances
        item["firstAppearance"] = {"@type": "CreativeWork", "url": first}
        if rest:
            item["appearance"] = [{"@type": "CreativeWork", "url": url} for url in rest]
    return item
