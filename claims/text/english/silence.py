"""English silence: a party that has not spoken, a report that could not be checked."""

import re
from functools import lru_cache

from claims.text.english.clause import Clause, Range, Said
from claims.text.english.lexicon import has, proper, speaker
from claims.text.english.names import is_name, name_before
from claims.text.english.verbs import main_verb
from claims.text.words import raw_lists

_NOBODY = raw_lists("en")["nobody"]
_CONTRACTED = re.compile(r"(could|did|does|do|has|have|had|is|was|were|are|ca|wo|would)nt")
_SPOKEN_OF = (
    "claim",
    "clear",
    "reports",
    "responsib",
    "said it",
    "say it",
    "comment",
    "confirm",
    "known",
    "adopted",
    "statement",
    "has spoken",
    "come forward",
    "verif",
)
_UNCLEAR = re.compile(
    r"(?:was|were|is|remains?|remained) (?:not clear|unclear|unknown|not known)"
    r"(?: (?:who|what|how|whether|if|why|where)\b|$)"
)


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    lists = raw_lists("en")
    return tuple(f" {p}" for p in (*lists["silent"], *lists["unverified"]))


def silence(c: Clause, start: int) -> Said | None:
    """A party that has not spoken, or that cannot check; None where the clause is no silence."""
    neither = _neither(c, start)
    if neither:
        return Said("silence", "no_comment", (neither,), (start, start + 2), body=c.last)
    plain = _plain(c, start)
    text = " ".join(w for w, _ in plain)
    nobody = text.startswith(_NOBODY) or (text.startswith("it ") and any(p in text[:40] for p in _NOBODY))
    if (nobody and any(w in text for w in _SPOKEN_OF)) or (_UNCLEAR.search(text) and len(plain) < 24):
        return Said(
            "silence", "no_comment", names=_whose_claim(c, start), cue=(start, start + 2), body=c.last
        )
    at = _silent_at(f" {text}")
    if at < 0:
        return None
    at = plain[at][1]
    if _says_more(c, start, at) or _in_aside(c, start, at):
        return None
    return Said("silence", "no_comment", _silent_party(c, start, at), (start, start + 2), body=c.last)


_ANSWERS = frozenset(("answered", "responded", "replied", "commented", "returned"))


def _neither(c: Clause, start: int) -> Range | None:
    """ "Neither the ministry nor the mayor answered calls": both are silent."""
    if c.word(start) != "neither" or "nor" not in c.words((start, min(start + 12, c.last))):
        return None
    verb = next((k for k in range(start + 3, min(start + 20, c.last)) if c.word(k) in _ANSWERS), 0)
    while verb and _auxiliary(c.word(verb - 1)):
        verb -= 1
    return (start + 1, verb) if verb else None


def keeps_silent(c: Clause, first: int) -> bool:
    """Whether what follows says of the speaker alone that nothing is known or said: "that she did not know why"."""
    plain = _plain(c, first)
    at = _silent_at(" " + " ".join(w for w, _ in plain))
    return at > 0 and _of_oneself(c, first, plain[at][1])


def _plain(c: Clause, start: int) -> list[tuple[str, int]]:
    """The words from `start` on with contractions undone and without adverbs that any silence may take.

    "Yet to" and "still to" stay, as "yet to": without the adverb "has to comment" is a duty.
    """
    out = []
    for k in range(start, c.last):
        word = c.word(k)
        short = _CONTRACTED.fullmatch(word)
        if short or word == "cannot":
            out += [(short[1] if short else "could", k), ("not", k)]
        elif word in ("yet", "still") and c.word(k + 1) == "to":
            out.append(("yet", k))
        elif not has("silence-adverbs", word):
            out.append((_PAST.get(word, word), k))
    return out


# The lists hold the past: "declines to comment" is the same silence.
_PAST = {
    "declines": "declined",
    "declining": "declined",
    "refuses": "refused",
    "refusing": "refused",
    "offers": "offered",
    "gives": "gave",
    "provides": "provided",
    "makes": "made",
    "keeps": "kept",
    "stays": "stayed",
}


def _silent_at(text: str) -> int:
    """Which word of `text` (with a space before each) begins the first words of silence; -1 where none does."""
    found = [at for p in _phrases() if (at := text.find(p)) >= 0]
    at = min(found, default=-1)
    if at < 0 or text.startswith(" said nothing but", at):
        return -1
    return text.count(" ", 0, at)


_ONESELF = frozenset(("it", "he", "she", "they", "we", "i"))
_BETWEEN = _ONESELF | frozenset(
    (
        "that",
        "had",
        "has",
        "have",
        "did",
        "does",
        "do",
        "was",
        "were",
        "is",
        "are",
        "could",
        "would",
        "also",
        "only",
        ",",
    )
)


def _of_oneself(c: Clause, first: int, at: int) -> bool:
    words = [w for w in c.words((first, at)) if not has("silence-adverbs", w)]
    return all(w in _BETWEEN or _CONTRACTED.fullmatch(w) for w in words) and any(w in _ONESELF for w in words)


def _says_more(c: Clause, start: int, at: int) -> bool:
    """ "The ministry said troops did not respond": a report, unless the speaker says it of itself."""
    verbs = [
        k for k in range(start + 1, at) if main_verb(c, k) in ("say", "deny", "responsibility", "estimate")
    ]
    if verbs:
        return not _of_oneself(c, verbs[-1] + 1, at)
    return sum(c.verbal(k) for k in range(start, at)) > 4


def _in_aside(c: Clause, start: int, at: int) -> bool:
    """ "Two drivers, who refused to give their names, told the paper": silence by the way."""
    who = next((k for k in range(at - 1, max(start, at - 5), -1) if c.word(k) == "who"), 0)
    if who and any(main_verb(c, k) == "say" for k in range(at + 3, min(at + 12, c.last))):
        return True  # "a resident who declined to be named said"
    comma = next((k for k in range(at, start, -1) if c.word(k) == ","), 0)
    return comma > 0 and c.word(comma + 1) in ("who", "which", "whose") and "," in c.words((at, c.last))


def _whose_claim(c: Clause, start: int) -> tuple[Range, ...]:
    at = next((k for k in range(start, c.last) if c.word(k) == "from"), 0)
    return _party(c, at + 1) if at and "comment" in c.text(start, at) else ()


_REQUESTS = frozenset(
    ("calls", "call", "requests", "request", "messages", "message", "emails", "email", "questions")
)


# "could not be reached": the party itself, while "could not be verified" is said of a report.
_REACHED = frozenset(("reached", "contacted", "raised", "drawn", "able", "reachable", "unable"))


def _silent_party(c: Clause, start: int, at: int) -> tuple[Range, ...]:
    if c.word(start) in ("there", "no") or (c.word(start) == "it" and "possible" in c.words((start, at + 3))):
        by = next((k for k in range(start, c.last) if c.word(k) in ("from", "by")), 0)
        party = _party(c, by + 1) if by else ()
        return tuple(p for p in party if _can_speak(c, p))
    if c.word(c.first) in ("which", "who") and c.first > 2:
        return _antecedent(c)
    asked = next((k for k in range(start, min(start + 6, at)) if c.word(k) in ("to", "from")), 0)
    if asked and any(w in _REQUESTS for w in c.words((start, asked))):
        return _party(c, asked + 1)
    reach = next((k for k in range(at, min(at + 5, c.last)) if c.word(k) == "reach"), 0)
    if reach:
        return _party(c, reach + 1)
    end = next((k for k in range(start, at) if main_verb(c, k) in ("say", "deny", "estimate")), at)
    while end > start and (_auxiliary(c.word(end - 1)) or has("silence-adverbs", c.word(end - 1))):
        end -= 1
    near = c.words((at, min(at + 7, c.last)))
    checked = (
        ("be" in near[:4] or "been" in near[:4]) and "silent" not in near and not _REACHED.intersection(near)
    )
    found = None if end == start or checked else name_before(c, end, start)
    if found and is_name(c, found[0], whole=True):
        return (found[0],)
    return _verifier(c, start)


def _can_speak(c: Clause, s: Range) -> bool:
    return any(speaker(c.word(k)) or proper(c.tokens[k]) or has("pronouns", c.word(k)) for k in range(*s))


def _antecedent(c: Clause) -> tuple[Range, ...]:
    """Of "sent questions to the ministry, which did not reply" the ministry."""
    last = c.first - 1
    before = range(last - 1, max(last - 10, -1), -1)
    at = next(
        (k for k in before if has("prepositions", c.tokens[k].text) or c.tokens[k].text in (",", ".")), -1
    )
    named = any(speaker(t.text) or proper(t) for t in c.tokens[at + 1 : last])
    return ((at + 1, last),) if at >= 0 and last - at > 1 and named else ()


def _auxiliary(word: str) -> bool:
    return (
        has("auxiliaries", word)
        or word in ("was", "were", "been", "be", "not", "cannot", "neither")
        or bool(_CONTRACTED.fullmatch(word))
    )


def _verifier(c: Clause, start: int) -> tuple[Range, ...]:
    """ "... could not be verified by Reuters"."""
    at = next((k for k in range(start, c.last) if c.word(k) == "by"), 0)
    return _party(c, at + 1) if at and at + 1 < c.last and proper(c.tokens[at + 1]) else ()


_AFTER_PARTY = frozenset(
    (",", "on", "about", "that", "regarding", "when", "to", "following", "as", "over", "after", "went", "were", "was",
     "did", "had", "have", "has", "for", "seeking")
)  # fmt: skip


def _party(c: Clause, at: int) -> tuple[Range, ...]:
    """The party named from token `at` on; nobody where the clause ends there."""
    if at >= c.last:
        return ()
    end = at + 1
    while end < c.last and end - at < 10 and c.word(end) not in _AFTER_PARTY:
        end += 1
    return ((at, end),)
