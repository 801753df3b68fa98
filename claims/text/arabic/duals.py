"""Arabic duals: endings that mean two, and the many words that only look so."""

from collections.abc import Sequence
from functools import lru_cache

from claims.text.arabic.lexicon import is_person
from claims.text.words import word_list

_LEADS = ("", "وال", "بال", "ال", "لل", "وب", "ول", "و", "ب", "ل", "ف", "ك")


def dual_at(words: Sequence[str], i: int) -> tuple[bool, int] | None:
    """Whether token i is a dual, and the token after it and its adjectives. False: perhaps a plural spelt the same."""
    word = words[i]
    if _pointing_back(word):
        return None
    sure = dual_kind(word)
    if sure is None:
        sure = True if _in_context(words, i) else None
    if sure is None:
        return None
    last = i + 1
    while last < len(words) and _goes_with(words[last]):
        last += 1
    return sure, last


def _pointing_back(word: str) -> bool:
    """«الطرفين», «القتيلان»: a definite dual names two that are known already; «اليومين الماضيين» is a length."""
    lead = next((lead for lead in ("وال", "بال", "فال", "كال", "ال", "لل") if word.startswith(lead)), "")
    return bool(lead) and word[len(lead) :] not in word_list("ar", "dual-lengths")


def _in_context(words: Sequence[str], i: int) -> bool:
    """«جرارين زراعيين», «مخبزين ... استأنفا»: what goes with the word shows that it means two."""
    word = words[i]
    after = words[i + 1] if i + 1 < len(words) else ""
    if _construct(word, after):
        return True
    if (
        not word.endswith(("ين", "ان"))
        or len(word) < 5
        or _looks_only(word)
        or word.startswith(("ال", "وال"))
    ):
        return False
    stem = next((word[len(lead) : -2] for lead in ("", "و", "ب", "ل") if word.startswith(lead)), "")
    if is_person(stem) or len(stem) < 3:
        return False
    return after.endswith(("يين", "يان")) and not after.startswith(("ال", "و", "ب"))


def _construct(word: str, after: str) -> bool:
    """«سيارتي إسعاف»: the feminine dual before a noun."""
    bare = word[1:] if word[:1] in "وبل" and len(word) > 6 else word
    noun = len(after) > 2 and not after.startswith(("و", "ال", "ب", "من", "في", "ان")) and after[0].isalpha()
    return (
        bare.endswith(("تي", "تا"))
        and len(bare) >= 5
        and noun
        and bare[:-1] + "ين" not in word_list("ar", "not-duals")
        and bare[:-2] + "ه" in _counted_feminine()
    )


@lru_cache(maxsize=1)
def _counted_feminine() -> frozenset[str]:
    return word_list("ar", "dual-feminine")


def _looks_only(word: str) -> bool:
    return bool(_bare(word) & word_list("ar", "not-duals"))


def _bare(word: str) -> set[str]:
    return {word[len(lead) :] for lead in _LEADS if word.startswith(lead)}


@lru_cache(maxsize=4096)
def dual_stem(word: str) -> str:
    for lead in _LEADS:
        stem = word[len(lead) : -2]
        if word.startswith(lead) and (stem in word_list("ar", "dual-stems")):
            return stem
    return ""


def _goes_with(word: str) -> bool:
    """An adjective after a dual («طائرتين مسيّرتين») counts nothing more; «وجريحين» does."""
    if word.startswith("و"):
        return False
    return dual_kind(word) is not None or word.endswith(("يين", "يان", "تين", "تان"))


@lru_cache(maxsize=4096)
def dual_kind(word: str) -> bool | None:
    """True: surely two. False: two, or a plural spelt the same. None: no dual."""
    if len(word) < 5 or _looks_only(word):
        return None
    bare = _bare(word)
    if word.endswith(("تان", "تين")) and len(word) >= 6:
        return True
    if bare & word_list("ar", "dual-nisba"):
        return True
    if word.endswith(("ان", "ين")) and dual_stem(word):
        if word.endswith("ين") and dual_stem(word) in word_list("ar", "sound-plurals"):
            return None
        return word.endswith("ان")
    return None
