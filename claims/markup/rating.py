"""Verdict words and their place on the ClaimReview scale: confirmed 5, denied 1, unverified a word without a number.

A middle number would read as "half true", which unverified is not (FEATURES §4.1).
"""

WORDS = {
    "confirmed": {"ar": "مؤكَّد", "en": "Confirmed"},
    "denied": {"ar": "منفي", "en": "Denied"},
    "unverified": {"ar": "غير متحقَّق منه", "en": "Unverified"},
}
NUMBERS = {"confirmed": 5, "denied": 1}
BEST, WORST = 5, 1


def word(value: str, lang: str) -> str:
    """The verdict's word as the page shows it."""
    return WORDS[value][lang]
