"""Which English verbs report: finite, active, and said of what someone says."""

from claims.text.english.clause import Clause
from claims.text.english.lexicon import CueClass, cue, has, possessive
from claims.text.english.quantities import MEASURES, NUMBERS

_UNDER_WAY = frozenset(("reporting", "saying", "claiming", "telling"))  # "Israeli media are reporting that"


def main_verb(c: Clause, i: int) -> CueClass | None:
    """The cue class of a reporting verb at i that is finite and active here."""
    if c.word(i) in _UNDER_WAY and c.word(i - 1) in ("is", "are", "was", "were") and not c.speech(i):
        return "say"
    barred = informs_of(c, i) or _surname(c, i) or _by_the_way(c, i)
    kind = None if barred else cue(c.word(i)) or _in_words(c, i)
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
    if has("puts", c.word(i)):
        return puts_figure(c, i)
    if kind in ("call", "say") and has("names-it", c.word(i)) and _falsehood(c, i):
        return "deny"
    if kind == "call" and c.word(i - 1) == "," and c.word(i).endswith("ed"):
        return None
    return _closer(c, i, kind)


# "A guard identified only as Salem", "named locally as": how somebody is named, not a report that names them.
_NAMED_HOW = frozenset(
    ("as", "only", "in", "by", "locally", "simply", "publicly", "himself", "herself", "to")
)


def _closer(c: Clause, i: int, kind: CueClass) -> CueClass | None:
    """The class of verbs that say one thing or another by what follows."""
    if c.word(i) in ("said", "reported") and c.text(i + 1, i + 3) in ("to be", "to have", "to include"):
        return None
    if has("naming", c.word(i)) and (c.word(i - 1) == "," or c.word(i + 1) in _NAMED_HOW):
        return None
    if c.word(i) == "ruled":
        return _ruled_out(c, i) if c.word(i + 1) == "out" else None
    if c.word(i) in ("accepted", "admitted") and c.word(i + 1) == "that":
        return "say"
    if c.word(i) in ("advised", "advises") and "that" in c.words((i + 1, min(i + 8, c.last))):
        return "say"
    if c.word(i) in ("took", "takes", "accepted") and "responsibility" not in c.text(i, i + 4):
        return None
    return kind


def _ruled_out(c: Clause, i: int) -> CueClass:
    """Foul play is denied, a step one will not take is told, and what others will do is guessed at."""
    if c.word(i + 2).endswith("ing"):
        return "say"
    return "estimate" if c.word(i + 2) == "that" else "deny"


def _by_the_way(c: Clause, i: int) -> bool:
    """The "called" of "what it called a senior source"; the "states" that "state's" is once folded."""
    what = "what" in (c.word(i - 2), c.word(i - 3)) and c.word(i - 1) != "is"
    return possessive(c.tokens[i]) or what


def _surname(c: Clause, i: int) -> bool:
    """ "Omar Said": a name."""
    return c.word(i) == "said" and i > c.first and c.tokens[i].capital and c.tokens[i - 1].capital


def _in_words(c: Clause, i: int) -> CueClass | None:
    """ "spoke of nine dead", "held the army responsible", "an AFP journalist saw": verbs that report only so."""
    word = c.word(i)
    if word in ("spoke", "speaks", "speak", "spoken") and c.word(i + 1) == "of":
        return "say"
    if has("gives", word) and _gives_account(c, i):
        return "say"
    if _goes_on(c, i) or _has_it_as(c, i):
        return "say"
    if _casts_doubt(c, i):
        return "deny"
    if has("revises", word) and _revises_figure(c, i):
        return "say"
    if word in ("held", "holds", "hold") and "responsible" in c.words((i + 2, min(i + 12, c.last))):
        return "responsibility"
    if word in ("saw", "heard", "witnessed", "seen"):
        own = any(has("reporters", w) for w in c.words((max(c.first, i - 6), i)))
        return "say" if own and c.word(i + 1) != "by" else None
    return None


def _casts_doubt(c: Clause, i: int) -> bool:
    """ "cast doubt on the account", "poured scorn on the claim", "distanced itself from the raid"."""
    if c.word(i) in ("cast", "casts", "poured", "pours", "threw", "throws"):
        return c.word(i + 1) in ("doubt", "doubts", "scorn", "cold") and "on" in c.words((i + 2, i + 4))
    return c.word(i) in ("distanced", "distances") and c.word(i + 1) in (
        "itself",
        "himself",
        "herself",
        "themselves",
    )


def _goes_on(c: Clause, i: int) -> bool:
    """ ", it went on", ", she continued": after what is said."""
    end = i + 1 + (c.word(i) in ("went", "goes") and c.word(i + 1) == "on")
    on = end > i + 1 or c.word(i) in ("continued", "continues", "continue")
    parted = c.word(i - 2) == "," or c.speech(i - 2)
    return on and parted and has("pronouns", c.word(i - 1)) and c.word(end) in ("", ",")


def _has_it_as(c: Clause, i: int) -> bool:
    """ "the agency has the boy as sixteen", "has the building down as a depot"."""
    if c.word(i) not in ("has", "have", "had") or c.word(i + 1) not in ("the", "him", "her", "it", "them"):
        return False
    near = c.words((i + 2, min(i + 7, c.last)))
    figure = "at" in near and (has("tallies", near[0]) or has("account-nouns", near[0]))
    return ("as" in near or figure) and not c.states(i + 2, min(i + 6, c.last))


def _revises_figure(c: Clause, i: int) -> bool:
    """ "raised the toll to 12", "a figure it later raised to 12"."""
    if c.word(i + 1) in ("to", "from", "up", "down"):
        return _figure(c.word(c.first + 1))
    noun = next((k for k in range(i + 2, i + 6) if _figure(c.word(k))), 0)
    return (
        c.word(i + 1) in ("the", "its", "their", "that")
        and noun > 0
        and c.word(noun + 1) in ("to", "from", "by")
    )


def _figure(word: str) -> bool:
    return has("account-nouns", word) or has("tallies", word)


def informs_of(c: Clause, i: int) -> bool:
    """ "had informed the army of their location": a deed, not a report."""
    near = c.words((i + 1, min(i + 8, c.last)))
    if c.word(i) == "told" and near[1:2] == ["about"]:  # "a fifth that a colleague had told him about"
        return True
    return c.word(i).startswith("inform") and any(w in ("of", "about") for w in near) and "that" not in near


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
    if after == "of" and (
        c.word(i).startswith("sp") or c.word(i) in ("told", "tells", "tell", "said", "says")
    ):
        return False
    if c.word(i) in ("accused", "blamed") and after in ("over", "in", "for"):
        return True
    if after in ("by", "of") and not has("statement-words", c.word(i + 2)):
        return True
    return c.word(i) in _NOUN_TOO and c.verbal(i + 1) and c.word(c.first) != "which"


def _gives_account(c: Clause, i: int) -> bool:
    """ "gave a higher toll of nine", "offered a different account:": not "gave the wounded water"."""
    noun = next(
        (k for k in range(i + 1, i + 6) if has("account-nouns", c.word(k)) or has("tallies", c.word(k))), 0
    )
    return noun > 0 and c.word(noun + 1) in ("of", "as", "at", ":", "in")


def puts_figure(c: Clause, i: int) -> CueClass | None:
    """ "put the toll at 30", "put the boat 12 miles off"; about 30 and 30 to 40 are estimates."""
    ats = [k for k in range(i + 2, min(i + 18, c.last)) if c.word(k) == "at"]
    at = next((k for k in reversed(ats) if any(_number(c, n) for n in range(k + 1, k + 4))), 0)
    noun = c.word(i + 2)
    if not at and (has("tallies", noun) or has("account-nouns", noun) or _away(c, i + 2)):
        at = i + 2
    number = next((k for k in range(at, at + 6) if _number(c, k)), 0)
    if not at or not number:
        return None
    ranged = c.word(number + 1) in ("to", "-", "and", "or") and _number(c, number + 2)
    return (
        "estimate"
        if ranged or any(has("bounds-approx", w) or w == "between" for w in c.words((at, number)))
        else "say"
    )


def _away(c: Clause, k: int) -> bool:
    """ "put the boat 12 miles off", "placed the incident 17 nautical miles north": what and how far."""
    near = (n for n in range(k + 1, k + 4) if _number(c, n))
    n = next(near, 0)
    what = has("incidents", c.word(k)) or c.word(k) in ("boat", "vessel", "ship", "craft", "tanker")
    return n > 0 and what and any(w in MEASURES for w in c.words((n + 1, n + 3)))


def _number(c: Clause, k: int) -> bool:
    return c.word(k)[:1].isdigit() or c.word(k) in NUMBERS
