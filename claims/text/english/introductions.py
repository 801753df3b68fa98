"""How a speaker is named by the way: "a baker who gave her name as Huda", "the guard, identified only as Witness 6"."""

from claims.text.english.clause import Clause, Range
from claims.text.english.lexicon import has, proper


def named_as(c: Clause, first: int, last: int) -> Range | None:
    """The name given in [first, last) to somebody described there; None where none is."""
    for k in range(first + 1, last - 1):
        name = _after_as(c, k, last) or _after_first_name(c, k) or _after_self(c, k)
        if name and proper(c.tokens[name]):
            return name, _run(c, name, last)
    return None


def _after_as(c: Clause, k: int, last: int) -> int:
    """ "named in court papers as", "gave his name only as", "identified as", "referred to as"."""
    if not has("naming", c.word(k)):
        return 0
    at = next((j for j in range(k + 1, min(k + 6, last)) if c.word(j) in ("as", ",")), 0)
    return at + 1 if at and c.word(at) == "as" else 0


def _after_first_name(c: Clause, k: int) -> int:
    """ "only by his first name, Anas,"."""
    if c.word(k) != "name" or c.word(k - 1) not in ("first", "given", "middle", "family", "last"):
        return 0
    return k + 1 + (c.word(k + 1) == ",")


def _after_self(c: Clause, k: int) -> int:
    """ "who called himself Moussa", "using the name Abu Ali"."""
    if c.word(k) in ("himself", "herself") and c.word(k - 1) in ("called", "calls", "calling"):
        return k + 1
    return k + 1 if c.text(k - 2, k + 1) in ("using the name", "under the name", "uses the name") else 0


def _run(c: Clause, first: int, last: int) -> int:
    end = first + 1
    while end < last and (_of_name(c, end) or c.word(end) == "."):
        end += 1
    return end


def _of_name(c: Clause, k: int) -> bool:
    """ "al-Nour", "bin", "6": parts of a name that open with no capital."""
    return (
        proper(c.tokens[k])
        or c.word(k).isdigit()
        or c.word(k).startswith(("al-", "el-", "bin", "abu", "al", "el"))
    )
