"""What somebody has from somebody else: "relatives had told him", "was told by medics", "a letter from Z stating"."""

from dataclasses import replace

from claims.text.english.clause import Clause, Range, Said
from claims.text.english.lexicon import cue, has, proper, speaker
from claims.text.english.names import is_name
from claims.text.english.relays import outlet, person_of
from claims.text.reading import Stance

_REACH = 16
_OBJECT = frozenset(("him", "her", "them", "us", "me"))
_HAD = frozenset(("had", "has", "have", "would"))
_BEEN = frozenset(("was", "were", "been", "is", "are"))
_SHORT = {"hed": "he", "shed": "she", "theyd": "they"}  # "he'd been told": the apostrophe is folded away


def told_by(c: Clause, start: int) -> Said | None:
    """ "Reuters was told by two officials that P", "he had been told by his foreman that P"."""
    i = next((k for k in range(start + 2, min(start + 14, c.last)) if _told_by(c, k)), 0)
    if not i or c.word(i - 1) not in _BEEN or c.speech(i):
        return None
    end = next((k for k in range(i + 3, min(i + _REACH, c.last)) if c.word(k) in ("that", ",")), 0)
    who = start, _before_auxiliaries(c, i, start)
    if not end or not _hears(c, who) or not is_name(c, (i + 2, end), whole=True):
        return None
    return Said(
        "relays", names=(who, (i + 2, end)), cue=(i, i + 1), body=end + 1, told=((i, end),), begin=start
    )


def _told_by(c: Clause, k: int) -> bool:
    return c.word(k + 1) == "by" and c.word(k) in ("told", "informed", "notified", "advised")


def _before_auxiliaries(c: Clause, i: int, start: int) -> int:
    end = i
    while end > start + 1 and (
        c.word(end - 1) in _BEEN or c.word(end - 1) in _HAD or has("auxiliaries", c.word(end - 1))
    ):
        end -= 1
    return end


def _hears(c: Clause, who: Range) -> bool:
    """Whether what these were told is passed on by them: an outlet, a partner, "he"; residents told to leave do not."""
    words = c.words(who)
    if (words and words[0] in _SHORT) or has("pronouns", words[0]):
        return len(words) == 1
    return outlet(c, who, trusted=False) or any(has("hearers", w) or has("reporters", w) for w in words)


def within(c: Clause, said: Said) -> Said:
    """The hop inside what is said: "X said relatives had told him P", "X said he was told by Y that P"."""
    if said.tail or said.carries or said.drop or not said.names:
        return said
    at = said.body + (c.word(said.body) == "that")
    inner = _told_object(c, at) or _heard_from(c, at) or _passive(c, at)
    return replace(said, names=(*said.names, *inner), code="relays") if inner else said


def _told_object(c: Clause, at: int) -> tuple[Range, ...]:
    """ "relatives had told him", at the head of what is said."""
    i = next((k for k in range(at + 1, min(at + 9, c.last)) if c.word(k) == "told"), 0)
    if not i or c.word(i + 1) not in _OBJECT or c.word(i + 2) in ("to", "about", "of", "not"):
        return ()
    end = i - (c.word(i - 1) in _HAD)
    return ((at, end),) if end > at and is_name(c, (at, end), whole=True) else ()


def _passive(c: Clause, at: int) -> tuple[Range, ...]:
    """ "he had been told by Y that"."""
    said = told_by(c, at)
    return (said.names[1],) if said and has("pronouns", c.word(at)) else ()


def heard(c: Clause, start: int) -> Said | None:
    """ "He has heard from a cousin, who heard it from the police, that P", "learned from medics that P"."""
    i = next((k for k in range(start + 1, min(start + 9, c.last)) if has("learns", c.word(k))), 0)
    if not i or c.speech(i):
        return None
    who = start, _before_auxiliaries(c, i, start)
    names = _chain_from(c, i + 1)
    if not names or not is_name(c, who, whole=True):
        return None
    ours = c.word(start) in ("we", "weve", "i", "ive")  # the outlet is not named for itself
    names = names if ours else (who, *names)
    end = names[-1][1]
    return Said("relays", names=names, cue=(i, i + 1), body=end + 1, told=((i, end),), begin=start)


def _heard_from(c: Clause, at: int) -> tuple[Range, ...]:
    """ "said he had heard from medics that": of the speaker's own hearing."""
    said = heard(c, at) if has("pronouns", c.word(at)) else None
    return said.names[1:] if said else ()


def _chain_from(c: Clause, at: int) -> tuple[Range, ...]:
    """From "from Y who heard it from Z that" the names; none where no "that" or comma closes them."""
    at += c.word(at) in ("it", "this", "that", "the")
    at += c.word(at) in (",", "same", "news")
    if c.word(at) != "from":
        return ()
    end = next((k for k in range(at + 2, min(at + 14, c.last)) if c.word(k) in (",", "that", "who")), c.last)
    if end <= at + 1 or end - at > 14 or not is_name(c, (at + 1, end), whole=True):
        return ()
    on = end + (c.word(end) == ",")
    again = next((k for k in range(on, on + 6) if c.word(k) == "from"), 0) if c.word(on) == "who" else 0
    return ((at + 1, end), *_chain_from(c, again)) if again else ((at + 1, end),)


def retold(c: Clause, start: int) -> Said | None:
    """ "Our reporter has been speaking to neighbours, who told him P": the reporter passes on what they said."""
    for i in range(start + 4, c.last - 3):
        if c.word(i) != "who" or c.word(i + 1) not in ("told", "tell", "said", "say", "tells"):
            continue
        spoke, at = _speaking_to(c, start, i)
        who = start, _before_auxiliaries(c, spoke, start)
        if not at or not spoke or not is_name(c, who, whole=True):
            return None
        told = i + 2 + (c.word(i + 2) in _OBJECT)
        y = at + 1, i - (c.word(i - 1) == ",")
        return Said("relays", names=(who, y), cue=(i + 1, i + 2), body=told, told=((i, told),), begin=start)
    return None


def _speaking_to(c: Clause, start: int, who: int) -> tuple[int, int]:
    """ "has been speaking to neighbours, who", "interviewed nine survivors, who": the verb, the token before them."""
    asked = next((k for k in range(start + 1, who) if has("asks", c.word(k)) or c.word(k) == "met"), 0)
    if asked:
        return asked, asked
    at = next((k for k in range(who - 1, max(start, who - 12), -1) if c.word(k) in ("to", "with")), 0)
    return next(
        (k for k in range(start + 1, at) if has("talks", c.word(k)) or c.word(k) == "speaking"), 0
    ), at


def _says(c: Clause, k: int) -> bool:
    """ "saying", "who said", "in which he said", "that"."""
    return (
        c.participle(k) is not None
        or (c.word(k) in ("who", "which", "he", "she", "it") and cue(c.word(k + 1)) == "say")
        or c.word(k) == "that"
        or c.text(k, k + 4) == "to the effect that"
    )


def published_statement(c: Clause, start: int) -> Said | None:
    """ "S carried a statement by Z saying P", "teams received accounts from Z that P"."""
    for i in range(start + 1, min(start + 14, c.last)):
        if not has("passes-on", c.word(i)) or c.speech(i):
            continue
        who = start, _before_auxiliaries(c, i, start)
        names = (_whose(c, i) or _in_which(c, i) or _of_theirs(c, i)) if is_name(c, who, whole=True) else None
        if not names:
            continue
        zed, says = names
        kind = c.participle(says)
        stance: Stance = "denies" if kind == "deny" else "asserts"
        return Said(
            "relays", stance, (person_of(c, *who), zed), (i, i + 1), body=says + 1, told=((i, says),),
            drop=kind == "call",
        )  # fmt: skip
    return None


def _whose(c: Clause, i: int) -> tuple[Range, int] | None:
    """Whose statement is passed on after verb i, and where what it says begins."""
    nouns = (
        k
        for k in range(i + 1, min(i + 8, c.last))
        if _account(c, k) and c.word(k + 1) in ("by", "from", "with", "of")
    )
    noun = next(nouns, 0)
    says = next((k for k in range(noun + 3, min(noun + 22, c.last)) if _says(c, k)), 0) if noun else 0
    if not says:
        return None
    end = next((k for k in range(noun + 3, says) if c.word(k) == "," or has("relatives", c.word(k))), says)
    end -= c.word(end - 1) in ("in", "to")
    many = end - noun <= 5 and c.word(end - 1).endswith("s")  # "new arrivals"
    return ((noun + 2, end), says) if many or is_name(c, (noun + 2, end), whole=True) else None


def _in_which(c: Clause, i: int) -> tuple[Range, int] | None:
    """ "published a letter in which the commander said P"."""
    at = next((k for k in range(i + 2, min(i + 9, c.last)) if c.text(k, k + 2) == "in which"), 0)
    says = next((k for k in range(at + 3, min(at + 12, c.last)) if cue(c.word(k)) == "say"), 0) if at else 0
    return ((at + 2, says), says) if says and is_name(c, (at + 2, says), whole=True) else None


def _of_theirs(c: Clause, i: int) -> tuple[Range, int] | None:
    """ "carried a ministry statement saying P": whose statement stands before it."""
    noun = next((k for k in range(i + 2, min(i + 7, c.last)) if has("statement-words", c.word(k))), 0)
    says = next((k for k in range(noun + 1, noun + 3) if c.participle(k)), 0) if noun else 0
    known = any(speaker(c.word(k)) or proper(c.tokens[k]) for k in range(i + 1, noun))
    return ((i + 1, noun), says) if says and known and is_name(c, (i + 1, noun), whole=True) else None


def attributed_to(c: Clause, start: int) -> Said | None:
    """ "S attributed the figure of nine dead to a hospital source": the source is a hop, the figure no blame."""
    i = next(
        (k for k in range(start + 1, min(start + 9, c.last)) if c.word(k) in ("attributed", "attributes")), 0
    )
    noun = any(_account(c, k) or has("tallies", c.word(k)) for k in range(i + 1, i + 5)) if i else False
    to = next((k for k in range(c.last - 2, i + 2, -1) if c.word(k) == "to"), 0) if noun else 0
    if (
        not to
        or c.speech(i)
        or not is_name(c, (start, i), whole=True)
        or not is_name(c, (to + 1, c.last), whole=True)
    ):
        return None
    return Said(
        "relays", names=((start, i), (to + 1, c.last)), cue=(i, i + 1), body=i + 1, told=((to, c.last),)
    )


def _account(c: Clause, k: int) -> bool:
    word = c.word(k)
    lists = ("talks", "papers", "account-nouns", "tidings")
    return any(has(name, w) for name in lists for w in (word, word.removesuffix("s")))


def learns(c: Clause, start: int) -> Said | None:
    """ "Sky News has been told that P", "Radio Nil understands P": the outlet, from nobody it names."""
    i = next((k for k in range(start + 1, min(start + 9, c.last)) if has("understands", c.word(k))), 0)
    who = start, _before_auxiliaries(c, i, start)
    if (
        not i
        or c.speech(i)
        or c.word(i + 1) in ("by", "from", "to", "of")
        or (c.word(i) == "told" and c.word(i - 1) not in _BEEN)  # "UNICEF told AFP that" is no hearing
        or not outlet(c, who, trusted=False)
    ):
        return None
    return Said("reports", names=(who,), cue=(i, i + 1), body=i + 1, told=((i, i + 1),), begin=start)


def contradicted(c: Clause, start: int) -> Said | None:
    """ "contradicting a spokesman who had said P": P is the spokesman's."""
    if c.word(start) not in ("contradicting", "echoing"):
        return None
    who = next((k for k in range(start + 2, min(start + 12, c.last)) if c.word(k) in ("who", "which")), 0)
    verb = next((k for k in range(who + 1, min(who + 9, c.last)) if cue(c.word(k)) == "say"), 0) if who else 0
    if not verb or not is_name(c, (start + 1, who), whole=True):
        return None
    return Said(
        "reports", names=((start + 1, who),), cue=(verb, verb + 1), body=verb + 1, told=((start, verb + 1),)
    )


def own_statement(c: Clause, start: int) -> Said | None:
    """ "The army has put out a statement saying P": the statement is the army's own."""
    i = next((k for k in range(start + 1, min(start + 12, c.last)) if has("issues", c.word(k))), 0)
    who = start, _before_auxiliaries(c, i, start)
    noun = (
        next((k for k in range(i + 1, min(i + 6, c.last)) if has("statement-words", c.word(k))), 0)
        if i
        else 0
    )
    says = next((k for k in range(noun + 1, min(noun + 12, c.last)) if _says(c, k)), 0) if noun else 0
    if not says or c.speech(i) or c.word(noun + 1) in ("by", "from", "of") or not is_name(c, who, whole=True):
        return None
    kind = c.participle(says)
    stance: Stance = "denies" if kind == "deny" else "asserts"
    body = says + 1 + (c.word(says) in ("it", "he", "she", "which"))
    return Said(
        "reports", stance, (who,), (i, i + 1), body=body, told=((i, says),), drop=kind == "call", begin=start
    )
