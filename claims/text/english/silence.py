"""English silence: a party that has not spoken, a report that could not be checked."""

import re

from claims.text.english.clause import Clause, Range, Said
from claims.text.english.lexicon import cue, finite, has, proper
from claims.text.english.names import is_name
from claims.text.words import raw_lists

_SILENT = (*raw_lists("en")["silent"], *raw_lists("en")["unverified"])
_NOBODY = raw_lists("en")["nobody"]


_CONTRACTED = re.compile(r"\b(could|did|does|do|has|have|had|is|was|were|are|ca)nt\b")


def silence(c: Clause, start: int) -> Said | None:
    """A party that has not spoken, or that cannot check; None where the clause is no silence."""
    text = _CONTRACTED.sub(r"\1 not", c.text(start, c.last))
    nobody = text.startswith(_NOBODY) or (text.startswith("it ") and any(p in text[:40] for p in _NOBODY))
    if nobody and any(w in text for w in ("claim", "clear", "reports", "responsib", "said it")):
        name = _whose_claim(c, start)
        return Said("silence", "no_comment", names=name, cue=(start, start + 2), body=c.last)
    silent = next((p for p in _SILENT if p in text), None)
    if not silent or _says_more(c, start, silent):
        return None
    return Said("silence", "no_comment", _silent_party(c, start), (start, start + 2), body=c.last)


def _says_more(c: Clause, start: int, silent: str) -> bool:
    """ "The ministry said troops did not respond": a report, unless the first verb is the silence itself."""
    text = _CONTRACTED.sub(r"\1 not", c.text(start, c.last))
    before = text[: text.index(silent)]
    words = before.split(" ")
    if any(w in ("said", "says", "reported", "told", "announced") for w in words):
        return not ("it was" in before or "it is" in before or "we" in words or "it had" in before)
    return sum(finite(w) for w in words) > 3


def _whose_claim(c: Clause, start: int) -> tuple[Range, ...]:
    at = next((k for k in range(start, c.last) if c.word(k) == "from"), 0)
    return ((at + 1, _name_end(c, at + 1)),) if at and "comment" in c.text(start, at) else ()


def _silent_party(c: Clause, start: int) -> tuple[Range, ...]:
    first = c.word(start)
    if first in ("there", "no"):
        at = next((k for k in range(start, c.last) if c.word(k) in ("from", "by")), 0)
        return ((at + 1, _name_end(c, at + 1)),) if at else ()
    end = start
    while end < c.last and not (
        has("finite", c.word(end))
        or cue(c.word(end))
        or _CONTRACTED.fullmatch(c.word(end))
        or c.word(end) in ("declined", "refused", "cannot", "not", ",", "remained", "neither")
    ):
        end += 1
    checked = "verified" in c.text(end, c.last) and c.word(start) in ("the", "this", "these", "its", "their")
    if end == start or checked or not is_name(c, (start, end), whole=True):
        return _verifier(c, start)
    return ((start, end),)


def _verifier(c: Clause, start: int) -> tuple[Range, ...]:
    """ "... could not be verified by Reuters"."""
    at = next((k for k in range(start, c.last) if c.word(k) == "by"), 0)
    return ((at + 1, _name_end(c, at + 1)),) if at and at + 1 < c.last and proper(c.tokens[at + 1]) else ()


def _name_end(c: Clause, at: int) -> int:
    end = at
    while (
        end < c.last
        and end - at < 10
        and c.word(end)
        not in (",", "on", "about", "that", "regarding", "when", "to", "following", "as", "over", "after")
    ):
        end += 1
    return max(end, min(at + 1, c.last))
