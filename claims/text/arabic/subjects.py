"""Arabic clauses whose source stands before its verb."""

from dataclasses import replace

from claims.text.arabic.attribution import NOT_WITH_NO, past_adverbs, reported
from claims.text.arabic.clause import STANCES, Clause, Said, complement, particle_at
from claims.text.arabic.lexicon import Verb, can_speak, has, masdar, needs_that, verb
from claims.text.arabic.names import Name
from claims.text.arabic.prepositions import past_statement
from claims.text.arabic.quantities import number_word
from claims.text.arabic.relays import relayed_by
from claims.text.arabic.silence import past_own_name


def before_verb(c: Clause, at: int) -> Said | None:
    """Source first: «خلية الإعلام الأمني أكدت أن», «لكن الحزب نفى أن»."""
    speaks = can_speak(c.word(at)) or c.names.known(at) > 0 or c.names.title(at, c.last) > 0
    if at >= c.last:
        return None
    if not speaks and (has("stop-prepositions", c.word(at)) or not c.tokens[at].is_word or verb(c.word(at))):
        return None
    name = c.names.read(past_statement(c, at) if speaks else at, c.last)
    here = _verb_after(c, name)
    found = verb(c.word(here))
    if not len(name) or not found or found.cue in ("event", "call"):
        return None
    if found.cue == "relay":
        return relayed_by(c, found, name, here) if speaks else None
    start = past_adverbs(c, here + 1)
    medium = c.names.medium(start, c.last)
    body, shown = complement(c, medium[1] if medium else start, needs=found.lemma in needs_that())
    counted = found.cue == "observe" and number_word(c.word(start))
    if not shown and not counted and found.cue in ("say", "observe"):
        return None
    plain = found.cue in ("say", "distance", "estimate") and particle_at(c, body)
    if not speaks and not (plain and (medium or _named(c, name) or not _shows(found))):
        return None
    said = replace(reported(c, here, found, name, body), told=((here + 1, body),))
    last = verb(c.word(body - 1)) if body > here + 1 else None
    return replace(said, stance=STANCES.get(last.cue, said.stance)) if last else said


def _named(c: Clause, name: Name) -> bool:
    """Two words or more, none of them definite, and no event at their head: «خالد منصور»."""
    words = c.words[name.first : name.last]
    return len(words) > 1 and not any(w.startswith("ال") for w in words) and not masdar(words[0])


def _shows(found: Verb) -> bool:
    """Verbs that things take as well: «الحادثة تؤكد أن»."""
    return found.lemma in ("اكد", "اظهر", "اثبت", "بين", "كشف", "راي", "عني")


def _thus(c: Clause, name: Name) -> int:
    """«أما س في نسختها الصادرة من كذا فنقلت»: after «أما» the verb comes with ف."""
    near = range(name.end, min(name.end + 9, c.last))
    at = next((k for k in near if c.word(k)[:1] == "ف" and verb(c.word(k))), 0)
    if at and c.word(at) in ("فقد", "فكان", "فكانت"):
        return _past_auxiliary(c, at)
    return at


def _past_auxiliary(c: Clause, here: int) -> int:
    """Past «فكانت قد», «سرعان ما», «أول من» before the verb."""
    while c.word(here) in ("ف", "قد", "فكان", "فكانت", "كان", "كانت", "فقد", "فانه", "فانها", "فانهم"):
        here += 1
    if c.word(here) in ("لا", "لم") and (found := verb(c.word(here + 1))) and found.lemma in NOT_WITH_NO:
        return here + 1
    here += 2 * (c.phrase(here, 2) in ("سرعان ما", "اول من"))
    return past_own_name(c, here) or here


def _verb_after(c: Clause, name: Name) -> int:
    """The token of the verb after a subject that stands first, past «، الذي رفض ذكر اسمه،» and «وهو صاحب دكان»."""
    if not len(name):
        return name.end
    here = _past_auxiliary(c, name.end)
    found = verb(c.word(here))
    if found and found.cue != "event":
        return here
    if c.word(name.first - 1).removeprefix("و") == "اما":
        return _thus(c, name) or name.end
    if c.word(here) not in (",", "وهو", "وهي", "وهم", "الذي", "التي", "-", "("):
        return here
    for k in range(here + 2, min(here + 16, c.last)):
        found = verb(c.word(k))
        closed = c.word(k - 1) in (",", ")", "-")
        if found and found.cue in ("say", "distance", "deny", "estimate") and not c.word(k).startswith("و"):
            plain = c.word(here) in ("وهو", "وهي", "وهم") and found.lemma not in needs_that()
            if closed or plain:
                return k
    return here
