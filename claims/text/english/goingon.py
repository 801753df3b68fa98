"""A report that goes on in another clause: "and said", "adding that", "and put the toll at nine"."""

from claims.text.english.clause import CODES, STANCES, Clause, Said
from claims.text.english.lexicon import cue, has
from claims.text.english.relays import told
from claims.text.english.verbs import informs_of, is_noun, puts_figure


def coordinated(c: Clause, at: int) -> bool:
    """Whether the verb after "and" is one more verb of saying of the same speaker."""
    if has("puts", c.word(at)):
        return puts_figure(c, at) is not None
    if _points_out(c, at):
        return True
    kind = cue(c.word(at))
    if (
        kind not in ("say", "deny", "estimate", "responsibility")
        or c.speech(at)
        or is_noun(c, at)
        or informs_of(c, at)
    ):
        return False
    if kind == "responsibility" and c.word(at) != "attributed" and "for" not in c.words((at, c.last)):
        return False
    return kind != "say" or not has("say-needs-that", c.word(at)) or c.word(at + 1) == "that"


def _points_out(c: Clause, at: int) -> bool:
    """ "and points to 40 trucks", "and described the clash as a feud": verbs that report with what follows."""
    if c.word(at) in ("points", "pointed"):
        return c.word(at + 1) == "to"
    return has("names-it", c.word(at)) and "as" in c.words((at + 1, min(at + 10, c.last)))


def carried(c: Clause) -> Said | None:
    """ "adding that ...": the report goes on."""
    at = c.first + (c.word(c.first) in ("and", "while", "but", "who"))
    if at > c.first:
        at += c.word(at) in ("also", "later", "has", "have", "had", "then")
        kind = cue(c.word(at))
        if c.word(at) == "that" and c.last - at > 3:
            return Said("continues", carries=True, cue=(at, at + 1), body=at + 1)
        if coordinated(c, at):
            kind = puts_figure(c, at) if has("puts", c.word(at)) else "say" if _points_out(c, at) else kind
            medium, body = told(c, at)
            return Said(
                CODES[kind] if kind in ("deny", "estimate") else "continues", STANCES.get(kind, "asserts"),
                (medium,) if medium else (), carries=True, cue=(at, at + 1), body=body, drop=kind == "call",
            )  # fmt: skip
    kind = c.participle(at)
    if not kind:
        return None
    medium, body = told(c, at)
    return Said(
        "continues" if kind not in ("deny", "estimate") else CODES[kind], STANCES.get(kind, "asserts"),
        (medium,) if medium else (), carries=True, cue=(at, at + 1), body=body, drop=kind == "call",
    )  # fmt: skip
