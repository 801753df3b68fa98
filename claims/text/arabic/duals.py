"""Arabic duals: endings that mean two, and the many words that only look so."""

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.text.arabic.lexicon import has, is_person, masdar, verb
from claims.text.words import word_list

_LEADS = ("", "وال", "بال", "ال", "لل", "وب", "ول", "و", "ب", "ل", "ف", "ك")
_ARTICLES = ("وال", "بال", "فال", "كال", "ال", "لل")
_TWO = ("اثنان", "اثنين", "اثنتان", "اثنتين")
_ONE_OF = (
    "احد",
    "احدي",
    "من",
    "بين",
)  # «أحد الطفلين», «أي من القتيلين», «بين المجموعتين»: two that are known
# Behind a dual that lost its ن to a pronoun: «طفليها», «ولداه».
_OWNERS = ("ها", "هما", "هم", "ه")
_FAR = 7
# «سائقَين»: a written fatha says two where «سائقين» may be many.
_VOWELLED = re.compile("\u064e\u0651?ي\u0652?ن\u0650?$|\u0651\u064eي\u0652?ن\u0650?$")


def dual_at(words: Sequence[str], i: int, raw: str = "") -> tuple[bool, int] | None:
    """Whether token i is a dual, and the token after it and its adjectives. False: perhaps a plural spelt the same.

    `raw` is the word with its vowels, which tell «صهريجَي» from an adjective.
    """
    sure = dual_kind(words[i])
    if sure and i and _article(words[i]) and words[i - 1].lstrip("و") in _ONE_OF:
        return None
    if sure is None:
        written = _VOWELLED.search(raw) is not None
        if not (written or _in_context(words, i) or _construct(words, i, raw) or _owned(words[i], raw)):
            return None
        sure = True
    last = i + 1
    while last < len(words) and _goes_with(words[last]):
        last += 1
    return sure, last


def _article(word: str) -> str:
    return next((lead for lead in _ARTICLES if word.startswith(lead)), "")


def _in_context(words: Sequence[str], i: int) -> bool:
    """«جرارين زراعيين», «مسعفين كانا في المكان»: what goes with the word shows that it means two."""
    word = words[i]
    if not word.endswith(("ين", "ان")) or len(word) < 5 or _looks_only(word) or _article(word):
        return False
    stem = next((word[len(lead) : -2] for lead in ("", "و", "ب", "ل") if word.startswith(lead)), "")
    if len(stem) < 3:
        return False
    if is_person(stem) or _is_sound(stem):
        return stem not in _named_pairs() and _both_act(words[i + 1 : i + _FAR])
    after = words[i + 1] if i + 1 < len(words) else ""
    return after.endswith(("يين", "يان")) and not after.startswith(("ال", "و", "ب"))


def _both_act(after: Sequence[str]) -> bool:
    """Whether a verb or pronoun of two follows in the same clause: «أصيبا», «يعملان», «أحدهما»."""
    for word in after:
        if word in (",", ":", "ان", "اثنان", "و"):
            return False
        if word in ("كانا", "وكانا", "لقيا", "اللذين", "اللذان", "هما", "وهما", "احدهما", "بينهما"):
            return True
        if word.endswith("ا") and _verb_of_two(word):
            return True
    return False


def _verb_of_two(word: str) -> bool:
    many, one = verb(word), verb(word[:-1])
    return many is not None and many.plural and one is not None and not one.plural


def _construct(words: Sequence[str], i: int, raw: str) -> bool:
    """«سيارتي إسعاف», «قذيفتا هاون», «صاروخي كروز»: a dual before the noun that it belongs to."""
    after = words[i + 1] if i + 1 < len(words) else ""
    if (
        len(after) < 3
        or not after[0].isalpha()
        or after.startswith(("و", "من", "ان", "علي"))
        or after in ("في",)
    ):
        return False
    word = words[i]
    bare = word[1:] if word[:1] in "وبل" and len(word) > 5 else word
    if bare.endswith(("تي", "تا")) and len(bare) >= 5:
        counted = bare[:-2] + "ه" in _feminine() and not has("not-duals", bare[:-1] + "ين")
        return counted and verb(bare[:-1]) is None
    return bare.endswith("ي") and _masculine_construct(words, i, bare, raw)


def _masculine_construct(words: Sequence[str], i: int, bare: str, raw: str) -> bool:
    """«صاروخي كروز» after a verb is two rockets, after a noun («قصف صاروخي عنيف») an adjective."""
    stem = bare[:-1]
    if not has("dual-stems", stem) or _is_sound(stem):
        return False
    if raw.rstrip("\u0652").endswith("\u064eي") or stem.endswith("ي"):
        return True
    if words[i + 1].endswith(("ي", "يه", "يا")) or stem in _named_pairs():
        return False
    before = words[i - 1] if i else ""
    if words[i][:1] in "بل" and words[i] != bare:
        return not before.endswith(("ي", "يه"))
    governs = not before or not before[0].isalpha() or has("dual-governors", before.lstrip("وبل"))
    return governs or has("place-prepositions", before) or _transitive(before)


def _transitive(word: str) -> bool:
    """A finite verb, which an adjective cannot follow; «قصف» is a noun as well."""
    return verb(word) is not None and not masdar(word) and not masdar(word[1:])


def _owned(word: str, raw: str) -> bool:
    """«طفليها», «ولداه»: a dual with its owner. A feminine adjective folds to the same as «يه»."""
    bare = word[1:] if word[:1] in "وبل" and len(word) > 6 else word
    for owner in _OWNERS:
        form = bare.removesuffix(owner)
        if form == bare or not form.endswith(("ي", "ا")) or raw.endswith("ة"):
            continue
        stem = form[:-1]
        if stem.endswith("ت") and stem[:-1] + "ه" in _feminine() - _named_pairs():
            return True
        return has("dual-owned", stem)
    return False


@lru_cache(maxsize=1)
def _feminine() -> frozenset[str]:
    return word_list("ar", "dual-feminine")


@lru_cache(maxsize=1)
def _named_pairs() -> frozenset[str]:
    """Of these a definite or construct dual names two known ones, and counts nothing: «الطرفين», «بلدتي كذا وكذا»."""
    return word_list("ar", "dual-named")


def _is_sound(stem: str) -> bool:
    return has("sound-plurals", stem)


def _looks_only(word: str) -> bool:
    return bool(_bare(word) & word_list("ar", "not-duals"))


def _bare(word: str) -> set[str]:
    return {word[len(lead) :] for lead in _LEADS if word.startswith(lead)}


@lru_cache(maxsize=4096)
def dual_stem(word: str) -> str:
    for lead in _LEADS:
        stem = word[len(lead) : -2]
        if word.startswith(lead) and has("dual-stems", stem):
            return stem
    return ""


def dual_noun(word: str) -> str:
    """What the dual counts, in the singular: «الغارتين», «قذيفتي» and «صاروخي» too; "" where it is not in the lists."""
    for lead in _LEADS:
        for form in (word[len(lead) :], word[len(lead) :] + "ن"):
            feminine = form[:-3] + "ه"
            if not word.startswith(lead) or not form.endswith(("ين", "ان")):
                continue
            if has("dual-stems", form[:-2]):
                return form[:-2]
            if form[-3:-2] == "ت" and feminine in _feminine():
                return feminine
    return ""


def _goes_with(word: str) -> bool:
    """An adjective after a dual («طائرتين مسيّرتين») counts nothing more; «وجريحين» does."""
    if word in _TWO:
        return True
    if word[0] == "و" or (word[0] in "بل" and (dual_stem(word[1:]) or word[1:-3] + "ه" in _feminine())):
        return False
    return dual_kind(word) is not None or word.endswith(("يين", "يان", "تين", "تان"))


@lru_cache(maxsize=4096)
def dual_kind(word: str) -> bool | None:
    """True: surely two. False: two, or a plural spelt the same. None: no dual."""
    if len(word) < 5 or not word.endswith(("ان", "ين")):
        return None
    lead = _article(word)
    if lead and word[len(lead) :] in word_list("ar", "dual-lengths"):
        return True
    if _looks_only(word):
        return None
    if lead:
        return _definite(word[len(lead) :])
    bare = _bare(word)
    if _is_feminine(bare) or bare & word_list("ar", "dual-lengths"):
        return True
    if bare & word_list("ar", "dual-nisba") or (word.endswith("ان") and any(map(_is_man, bare))):
        return True
    if not dual_stem(word) or (word.endswith("ين") and _is_sound(dual_stem(word))):
        return None
    return word.endswith("ان")


def _is_feminine(bare: set[str]) -> bool:
    longest = max(bare, key=len)
    if not longest.endswith(("تان", "تين")):
        return False
    if any(form[:-3] + "ه" in _feminine() for form in bare):
        return True
    return len(longest) >= 6 and not longest.endswith("ستان") and not _described(bare)


def _described(bare: set[str]) -> bool:
    """«متأثرتين بجراحهما»: how two were, not what they are."""
    return any(form.startswith("مت") and form[:-3] + "ه" not in _feminine() for form in bare)


def _is_man(bare: str) -> bool:
    """«مسلحان»: of persons the ending of the nominative is two and never many."""
    return len(bare) > 5 and (_is_sound(bare[:-2]) or is_person(bare[:-2]))


def _definite(bare: str) -> bool | None:
    """«الصاروخين», «الطفلان»: two of the things that are counted; «الطرفين» are known already."""
    stem = bare[:-3] + "ه" if bare.endswith(("تان", "تين")) else bare[:-2]
    if stem in _named_pairs():
        return None
    if stem in _feminine() or (has("dual-stems", stem) and not _is_sound(stem)):
        return True
    return True if bare.endswith("ان") and _is_man(bare) else None
