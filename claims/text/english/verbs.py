"""Which English verbs report: finite, active, and said of what someone says."""

from claims.text.english.clause import Clause
from claims.text.english.lexicon import CueClass, cue, has
from claims.text.english.quantities import NUMBERS


def main_verb(c: Clause, i: int) -> CueClass | None:
    """The cue class of a reporting verb at i that is finite and active here."""
    kind = None if informs_of(c, i) or _surname(c, i) else cue(c.word(i)) or _in_words(c, i)
    if not kind or (i <= c.first and not c.word(i + 1)) or (c.speech(i) and not c.speech(c.last - 1)):
        return None
    at = i - 1 - c.word(i - 1).endswith("ly")  # "is widely believed"
    if (
        has("before-noun", c.word(i - 1))
        or (at < i - 1 and c.word(at) in ("is", "was", "are", "were"))
        or c.joined(i)
        or is_noun(c, i)
    ):
        return None
    if c.word(i) in ("put", "puts"):
        return "say" if _puts_figure(c, i) else None
    if kind in ("call", "say") and c.word(i) in _NAMES_IT and _falsehood(c, i):
        return "deny"
    if kind == "call" and c.word(i - 1) == "," and c.word(i).endswith("ed"):
        return None
    if c.word(i) == "ruled":
        return "deny" if c.word(i + 1) == "out" else None
    if c.word(i) in ("took", "takes", "accepted") and "responsibility" not in c.text(i, i + 4):
        return None
    return kind


def _surname(c: Clause, i: int) -> bool:
    """ "Omar Said": a name."""
    return c.word(i) == "said" and i > c.first and c.tokens[i].capital and c.tokens[i - 1].capital


def _in_words(c: Clause, i: int) -> CueClass | None:
    """ "spoke of nine dead", "held the army responsible", "an AFP journalist saw": verbs that report only so."""
    word = c.word(i)
    if word in ("spoke", "speaks", "speak", "spoken") and c.word(i + 1) == "of":
        return "say"
    if word in ("held", "holds", "hold") and "responsible" in c.words((i + 2, min(i + 12, c.last))):
        return "responsibility"
    if word in ("saw", "heard", "witnessed", "seen"):
        own = any(has("reporters", w) for w in c.words((max(c.first, i - 6), i)))
        return "say" if own and c.word(i + 1) != "by" else None
    return None


def informs_of(c: Clause, i: int) -> bool:
    """ "had informed the army of their location": a deed, not a report."""
    near = c.words((i + 1, min(i + 8, c.last)))
    return c.word(i).startswith("inform") and any(w in ("of", "about") for w in near) and "that" not in near


_NAMES_IT = frozenset(
    (
        "called",
        "calls",
        "described",
        "describes",
        "labelled",
        "labeled",
        "branded",
        "termed",
        "dubbed",
        "declared",
    )
)


def _falsehood(c: Clause, i: int) -> bool:
    """ "called the report fabricated", "described the claim as baseless"."""
    rest = c.words((i + 1, min(i + 14, c.last)))
    named = [c.word(c.first + 1), *rest] if c.word(c.first) in ("a", "an") else rest
    return any(has("falsehood", w) for w in rest) and any(
        has("account-nouns", w.removesuffix("s")) for w in named
    )


_NOUN_TOO = frozenset(("reports", "report", "claims", "claim", "notes", "states", "estimates", "estimate", "calls",
                       "demands", "says", "suspects", "suspect"))  # fmt: skip


def is_noun(c: Clause, i: int) -> bool:
    """ "media reports said", "the video posted by activists", "people accused of spying": no verb of reporting."""
    after = c.word(i + 1)
    if after == "of" and c.word(i).startswith("sp"):
        return False
    if after in ("by", "of") and not has("statement-words", c.word(i + 2)):
        return True
    return c.word(i) in _NOUN_TOO and c.verbal(i + 1)


def _puts_figure(c: Clause, i: int) -> bool:
    """ "put the toll at 30": a figure after "at"."""
    at = next((k for k in range(i + 2, min(i + 14, c.last)) if c.word(k) == "at"), 0)
    return at > 0 and any(c.word(k)[:1].isdigit() or c.word(k) in NUMBERS for k in range(at + 1, at + 6))
