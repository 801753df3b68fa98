"""Arabic word classes: forms of the reporting verbs, verbal nouns, and which words can head a source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from claims.text.normalise import fold
from claims.text.words import raw_lists, word_list

CueClass = Literal[
    "say", "relay", "distance", "estimate", "deny", "responsibility", "observe", "call", "event"
]
_CLASSES: tuple[CueClass, ...] = ("say", "relay", "distance", "estimate", "deny", "responsibility", "observe")
_SUFFIXES = ("ه", "ها", "هم", "هما")


@dataclass(frozen=True, slots=True)
class Verb:
    """A finite verb form. `suffixed`: an object pronoun hangs on it, as in «نقلته»."""

    lemma: str
    cue: CueClass
    feminine: bool = False
    plural: bool = False
    present: bool = False
    suffixed: bool = False


def has(name: str, word: str) -> bool:
    """Whether the folded word is in that list of the Arabic words."""
    return word in word_list("ar", name)


def _forms(entry: str, cue: CueClass, suffixes: bool) -> dict[str, Verb]:
    """Every inflected form that this genre uses of `past/feminine/present`, feminine only where irregular."""
    parts = [fold(p) for p in entry.split("/")]
    past, present = parts[0], parts[-1] if len(parts) > 1 else ""
    feminine = parts[1] if len(parts) == 3 else past + "ت"
    stem = past[:-1] if len(parts) == 3 and past[-1] in "يا" else past
    many = Verb(past, cue, plural=True)
    made = {
        past: Verb(past, cue),
        feminine: Verb(past, cue, feminine=True),
        feminine + "ا": Verb(past, cue, True, True),
    }
    made |= dict.fromkeys((stem + "وا", past + "ا", past + "نا"), many)
    if present and present != past:
        made |= _present(past, present, cue)
    if suffixes:
        for form, verb in list(made.items()):
            if not verb.plural:
                for tail in _SUFFIXES:
                    made.setdefault(form + tail, Verb(past, cue, verb.feminine, False, verb.present, True))
    return made


def _present(past: str, present: str, cue: CueClass) -> dict[str, Verb]:
    she = "ت" + present[1:]
    return {
        present: Verb(past, cue, present=True),
        she: Verb(past, cue, feminine=True, present=True),
        present + "ون": Verb(past, cue, plural=True, present=True),
        present + "وا": Verb(past, cue, plural=True, present=True),
        present + "ان": Verb(past, cue, plural=True, present=True),
    } | ({} if cue == "event" else {"ن" + present[1:]: Verb(past, cue, plural=True, present=True)})


@lru_cache(maxsize=1)
def _verbs() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for entry in raw_lists("ar")["verbs-event"]:
        table |= _forms(entry, "event", False)
    for entry in raw_lists("ar")["calls"]:
        table |= _forms(entry, "call", False)
    for entry in raw_lists("ar")["verbs-say-needs-that"]:
        table |= _forms(entry, "say", False)
    for cue in _CLASSES:
        for entry in raw_lists("ar")["verbs-" + cue]:
            table |= _forms(entry, cue, cue in ("say", "relay", "observe"))
    del table["نقلا"]  # «نقلا عن»
    return table


@lru_cache(maxsize=1)
def needs_that() -> frozenset[str]:
    """Lemmas that report only where a particle, colon or quotation follows."""
    return frozenset(fold(e.split("/")[0]) for e in raw_lists("ar")["verbs-say-needs-that"])


@lru_cache(maxsize=8192)
def verb(word: str) -> Verb | None:
    """The finite verb that `word` is, و or ف before it allowed; None for anything else."""
    table = _verbs()
    joined = word[:1] == "و" or (word[:1] == "ف" and len(word) > 3)
    for form in (word, word[1:] if joined and len(word) > 2 and word not in ("وشك", "وعد", "فادي") else ""):
        if form in table:
            return table[form]
    return None


@lru_cache(maxsize=8192)
def joined_verb(word: str) -> Verb | None:
    """The finite verb behind و or ف; None for «وصف», whose و is its own."""
    return None if word in _verbs() else verb(word)


@lru_cache(maxsize=8192)
def finite(word: str) -> bool:
    """Whether `word` looks like a finite verb: in the tables, or shaped like a present tense."""
    if verb(word):
        return True
    if has("not-verbs", word):
        return False
    bare = word[1:] if word[:1] == "و" and len(word) > 4 else word
    bare = bare[1:] if bare[:2] in ("سي", "ست") and len(bare) > 4 else bare
    return (
        bare.startswith("ي")
        and len(bare) >= 4
        and not has("not-verbs", bare)
        and not bare.endswith(("يا", "يه"))
    )


def future(word: str) -> bool:
    """Whether `word` is a future form («ستدفع») or a future particle."""
    bare = word[1:] if word[:1] in "وف" and len(word) > 4 else word
    if bare in ("لن", "سوف"):
        return True
    return (
        bare[:2] in ("سي", "ست")
        and not has("not-verbs", bare)
        and not bare.startswith(("سيطر", "سيار", "سياس"))
        and not bare.endswith(("تي", "تين", "تان", "تا", "ات"))
        and len(bare) >= 5
        and finite(bare[1:].replace("ت", "ي", 1))
        and verb(bare) is None
    )


_MASDAR = re.compile(r"ا[^ا]{2,4}ا[^ان]ه?|ا[^ا]ا[^ان]ه|ا[^ا]{2,4}ا[ءر]|ت[^ا]{2}ي[^ا]")


@lru_cache(maxsize=8192)
def masdar(word: str) -> bool:
    """Whether the folded word, without clitics, is an indefinite verbal noun that can open a report."""
    if has("masdars", word) or (word.endswith(("ها", "هم")) and has("masdars", word[:-2])):
        return True
    if has("not-masdars", word) or word.startswith("ال") or word.endswith("يه"):
        return False
    return _MASDAR.fullmatch(word) is not None


def bare_noun(word: str) -> str:
    """A noun without و, ب, ل and ال, for look-ups in the lists of heads."""
    for lead in ("وال", "بال", "فال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(lead) and len(word) - len(lead) >= 3:
            rest = word[len(lead) :]
            if lead in ("وال", "بال", "فال", "لل", "ال") or rest in _speakers():
                return rest
    return word


_ENDINGS = ("", "ه", "ا", "ان", "ين", "ون", "ات", "و", "ي", "تان", "تين", "تا", "تي")


def _inflected(*names: str) -> frozenset[str]:
    """The entries of these lists with the regular feminine, dual, plural and tanween endings."""
    return frozenset(
        stem.removesuffix("ه") + end if end else stem
        for name in names
        for stem in word_list("ar", name)
        for end in (_ENDINGS if len(stem) > 2 else ("",))
    )


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return _inflected("persons", "unnamed-heads")


@lru_cache(maxsize=1)
def _indefinite() -> frozenset[str]:
    return _inflected("indefinite-persons", "unnamed-heads")


@lru_cache(maxsize=1)
def _speakers() -> frozenset[str]:
    endings = ("", "ا", "ان", "ين", "ات", "تان", "تين")
    bodies = word_list("ar", "bodies-that-speak") | word_list("ar", "source-nouns")
    more = frozenset(
        b.removesuffix("ه") + e if e else b for b in bodies for e in endings if len(b) > 3 or not e
    )
    return more | bodies | _persons()


@lru_cache(maxsize=8192)
def can_speak(word: str) -> bool:
    """Whether the word heads a phrase that can say something."""
    return any(form in _speakers() for form in _stripped(word))


@lru_cache(maxsize=8192)
def is_person(word: str) -> bool:
    """Whether the word heads a phrase for a person or several, who may tell a medium something."""
    return any(form in _persons() for form in _stripped(word))


@lru_cache(maxsize=8192)
def unnamed(word: str) -> bool:
    """Whether the word heads a phrase for somebody who is not named: «مصدر», «ممرضة»."""
    return any(form in _indefinite() for form in _stripped(word))


def _stripped(word: str) -> Iterator[str]:
    """The word as it is, and without و, ب, ل and ال."""
    yield word
    for lead in ("وال", "بال", "فال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(lead) and len(word) - len(lead) >= 3:
            yield word[len(lead) :]
    for tail in ("تهم", "تها", "ته", "هم", "ها", "ه"):
        if word.endswith(tail) and len(word) - len(tail) >= 3:
            yield word.removesuffix(tail) + "ه" * tail.startswith("ت")


@lru_cache(maxsize=1)
def participles() -> dict[str, CueClass]:
    """Participles that carry on a report, by class."""
    classes: tuple[CueClass, ...] = ("say", "distance", "estimate", "deny", "responsibility", "call")
    table: dict[str, CueClass] = {}
    for cue in classes:
        for word in word_list("ar", f"participles-{cue}"):
            table.setdefault(word, cue)
    return table


def participle(word: str) -> CueClass | None:
    """The class of a reporting participle, و before it allowed."""
    return participles().get(word) or (participles().get(word[1:]) if word.startswith("و") else None)


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Folded head word to the kind of a source that the registry lacks."""
    return {fold(a): b for a, _, b in (e.partition("=") for e in raw_lists("ar")["kinds"])}
