"""Where an Arabic sentence breaks into clauses: commas chain whole paragraphs, and not every comma breaks."""

from collections.abc import Sequence

from claims.text.arabic.attribution import by_verb
from claims.text.arabic.clause import Clause, bids, particle_at, passive_at
from claims.text.arabic.contacted import unanswered
from claims.text.arabic.lexicon import can_speak, finite, has, joined_verb, masdar, participle, verb
from claims.text.arabic.names import Names
from claims.text.arabic.prepositions import by_preposition
from claims.text.arabic.quantities import number_word
from claims.text.arabic.silence import silence
from claims.text.registry import KnownSource
from claims.text.tokens import Token

MIN_WORDS = 3
_NAMING = frozenset(("ويدعي", "وتدعي", "ويسمي", "وتسمي", "ويعرف", "وتعرف", "واسمه", "واسمها"))
_CITING = frozenset(("بحسب", "حسب", "حسبما", "نقلا", "طبقا", "استنادا"))
_WAITING = ("say", "distance", "deny", "estimate")


def split(tokens: Sequence[Token], names: Names, sources: Sequence[KnownSource] | None) -> list[Clause]:
    """The clauses of one sentence in order; marks between them belong to none."""
    whole = Clause(tokens, names, 0, len(tokens), sources)
    cuts = [0]
    for i in range(1, len(tokens)):
        if i - cuts[-1] >= MIN_WORDS and _breaks(whole, cuts[-1], i):
            cuts.append(i)
    spans = zip(cuts, [*cuts[1:], len(tokens)], strict=True)
    return [Clause(tokens, names, *_trim(tokens, a, b), sources) for a, b in spans]


def _trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    while last > first and not tokens[last - 1].is_word and tokens[last - 1].text not in ")%":
        last -= 1
    while first < last and not tokens[first].is_word and tokens[first].text not in "(#@":
        first += 1
    return first, last


def _breaks(c: Clause, begin: int, i: int) -> bool:
    """Whether a clause begins at token i."""
    rest = Clause(c.tokens, c.names, i, c.last, c.sources)
    if _under_head(c, begin, i):
        return False
    if c.words[i - 1] != ",":
        return _breaks_without_comma(rest, begin, i)
    word = c.words[i]
    if word in _NAMING or (word in ("يدعي", "تدعي") and not particle_at(rest, i + 1)):
        return False
    if participle(word):
        return not (word.startswith("متحدث") and _open_report(c, begin, i))
    if word.startswith("و") and has("particles", word[1:]):
        return i + 4 <= c.last and not _after_particle_only(c, begin, i)
    if word.startswith("وو") or (word.startswith("و") and word[1:] in _CITING):
        given = by_preposition(rest, i)
        return given is not None and bool(given[0].names) and given[1] < c.last
    return (
        _main_clause(c, rest, begin, i)
        or _new_report(rest, begin, i)
        or (coordinated(rest, i) and not _in_quotation(c, begin, i) and not _noun_goes_on(c, begin, i))
        or _connected(rest, i)
        or _nominal(rest, i)
        or _after_tail(c, begin, i)
    )


def _main_clause(c: Clause, rest: Clause, begin: int, i: int) -> bool:
    """«وإذ امتنع س، أكد ص أن», «...، يُعتقد أن», «...، ما أدى، وفق س، إلى»."""
    word = c.words[begin].removeprefix("و")
    waiting = word in ("بينما", "فيما", "اذ") or (word == "في" and c.word(begin + 1) == "حين")
    if (waiting or _at_a_time_when(c, begin)) and (said := by_verb(rest, i)):
        return bool(said.names) or any(map(verb, c.words[begin + 1 : i]))
    if c.words[i] in ("ما", "مما"):
        return rest.word(i + 2) == "," and by_preposition(rest, i + 3) is not None
    return has("passive-reports", c.words[i]) and particle_at(rest, i + 1)


def _at_a_time_when(c: Clause, i: int) -> bool:
    """«في وقت رفضت فيه س», not «في وقت متأخر»."""
    if c.word(i).removeprefix("و") != "في" or c.word(i + 1) != "وقت":
        return False
    return finite(c.word(i + 2)) or c.word(i + 2) in ("لم", "لا", "لن", "ما", "قد")


def _in_quotation(c: Clause, begin: int, i: int) -> bool:
    """Whether a quotation that opened in the clause is still open at token i: it is not cut in two."""
    opened = next((k for k in range(i - 1, begin - 1, -1) if c.tokens[k].opens), -1)
    return opened >= begin and not any(c.tokens[k].closes for k in range(opened, i))


def _noun_goes_on(c: Clause, begin: int, i: int) -> bool:
    """«أعلن س إلقاء القبض على ستة، وضبط أسلحة»: behind a report in nouns, another noun that looks like a verb."""
    if not masdar(c.words[i][1:]):
        return False
    said = next((k for k in range(begin, i) if (v := verb(c.words[k])) and v.cue in _WAITING), None)
    return said is not None and not any(has("particles", w) for w in c.words[said:i])


def coordinated(rest: Clause, i: int) -> bool:
    """«، وأسفرت عن»: after a comma و with a finite verb brings another proposition of the same voice."""
    word = rest.word(i)
    if word in ("وقد", "ولقد"):
        return _long_enough(rest, i + 1) and finite(rest.word(i + 1))
    if not word.startswith("و") or len(word) < 3 or has("own-waw-verbs", word) or word in _NAMING:
        return False
    if _came_to(rest, i):
        return False
    return _long_enough(rest, i) and (finite(word) or passive_at(rest, i))


def _came_to(rest: Clause, i: int) -> bool:
    """«[قال س في بيان]، ورد لوكالة كذا، إن»: came, and not «and answered»."""
    if rest.word(i) != "ورد" or not rest.names.medium(i + 1, rest.last):
        return False
    near = rest.words[max(0, i - 4) : i]
    return any(has(name, w) for name in ("statement-nouns", "statement-heads") for w in near)


def _long_enough(rest: Clause, i: int) -> bool:
    return rest.last - i >= 4


def _after_particle_only(c: Clause, begin: int, i: int) -> bool:
    """Nothing reported before: then «وأن» has no report to go on with."""
    return not any(has("particles", w) or verb(w) for w in c.words[begin:i])


def _breaks_without_comma(rest: Clause, begin: int, i: int) -> bool:
    for n in (2, 1):
        phrase = rest.phrase(i, n)
        if phrase in ("فيما", "بينما", "في حين", "لكن"):
            return _reports_soon(rest, i + n)
    if i - begin >= 5 and rest.last - i >= 4 and _goes_on_reporting(rest, begin, i):
        return True
    titled = rest.tokens[i - 1].closes
    if rest.word(i) in ("التي", "الذي") and (
        titled or can_speak(rest.words[i - 1]) or rest.names.known(i - 1)
    ):
        return _says_that(rest, i + 1)
    return False


def _says_that(rest: Clause, i: int) -> bool:
    """Whether a verb of saying with its particle near stands at token i: «التي قالت إن»."""
    found = verb(rest.word(i))
    said = any(particle_at(rest, k) for k in range(i + 1, i + 4))
    relays = found is not None and found.cue == "relay" and rest.word(i + 1) == "عن"
    return relays or (found is not None and found.cue == "say" and said)


def _reported_before(rest: Clause, begin: int, i: int) -> bool:
    """Whether a verb of saying and its particle stand before token i in the same clause."""
    said = next((k for k in range(i - 1, begin, -1) if has("particles", rest.words[k])), 0)
    return said > 0 and any((v := verb(w)) and v.cue in (*_WAITING, "relay") for w in rest.words[begin:said])


def _goes_on_reporting(rest: Clause, begin: int, i: int) -> bool:
    """«... مشيرا إلى أن», «... كما قتل ثلاثة», «... وتوقع المرصد ارتفاع» with the comma left out."""
    word = rest.word(i)
    if participle(word):
        return rest.word(i + 1) == "الي" or particle_at(rest, i + 1)
    if word == "كما":
        found = verb(rest.word(i + 1))
        return found is not None and found.cue == "event" and not found.present
    if not word.startswith("و"):
        return False
    if has("particles", word[1:]) and word[1:] in ("ان", "انه", "انها", "انهم"):
        return not bids(rest, i) and _reported_before(rest, begin, i)
    if word == "ولا" and rest.word(i + 1) in ("معلومات", "انباء", "تعليق"):
        return silence(rest, i) is not None
    found = joined_verb(word)
    if not found or found.cue in ("event", "call", "relay", "observe") or _came_to(rest, i):
        return False
    said = by_verb(rest, i)
    return said is not None and (bool(said.names) or particle_at(rest, i + 1))


def _new_report(rest: Clause, begin: int, i: int) -> bool:
    """«، وقال س إن», «، ولم يتسن», «، وهدد»: a reporting verb with و, or a call that must be let go."""
    word = rest.word(i)
    if not word.startswith(("و", "ف", "ل")):
        return False
    if word in ("ولم", "ولا") and silence(rest, i):
        return unanswered(Clause(rest.tokens, rest.names, begin, rest.last, rest.sources), begin) is None
    found = verb(word)
    if not found or _came_to(rest, i):
        return False
    if found.cue == "call":
        return not _too_near(rest, i)
    return found.cue != "event" and word.startswith(("و", "ف")) and by_verb(rest, i) is not None


def _too_near(rest: Clause, i: int) -> bool:
    return rest.last - i < 3


def _connected(rest: Clause, i: int) -> bool:
    """A connective that brings a new voice, or a strong one with a finite verb."""
    if by_preposition(rest, i):
        return False
    for n in (4, 3, 2, 1):
        phrase = rest.phrase(i, n)
        bare = phrase.removeprefix("و")
        if has("connectives", phrase) or has("connectives", bare):
            aside = bare in ("هو", "هي", "هم")
            if _reports_soon(rest, i + n, verbs=aside) or silence(rest, i + n):
                return True
            strong = has("strong-connectives", phrase) or has("strong-connectives", bare)
            strong = strong and (bare != "في وقت" or _at_a_time_when(rest, i))
            return strong and rest.last - i >= 5 and _verb_soon(rest, i + n)
    return False


def _verb_soon(rest: Clause, i: int) -> bool:
    return any(finite(w) for w in rest.words[i : min(i + 6, rest.last)])


def _reports_soon(rest: Clause, i: int, *, verbs: bool = False) -> bool:
    """Whether a reporting verb, silence or (unless `verbs` alone count) preposition stands soon, before a comma."""
    within = False
    for k in range(i, min(i + 9, rest.last)):
        word = rest.word(k)
        if word == "," and k > i + 1:
            within = not within and rest.word(k + 1).startswith("ال") and not verb(rest.word(k + 1))
            if not within and not verb(rest.word(k + 1)):
                return False
            if not within and not _apposed(rest, i, k):
                return False
        found = verb(word)
        if found and found.cue not in ("event",):
            return True
        if word in ("لم", "ولم") or (not verbs and by_preposition(rest, k)):
            return True
    return False


def _apposed(rest: Clause, i: int, k: int) -> bool:
    """Whether the comma at token k closes an apposition that another comma opened: «قناة كذا، المقربة منها،»."""
    opened = next((n for n in range(k - 1, i, -1) if rest.word(n) == ","), 0)
    return opened > 0 and rest.word(opened + 1).startswith("ال")


def _nominal(rest: Clause, i: int) -> bool:
    """«، وأحدث هذه الاستهدافات كان في»: a clause that opens with its subject."""
    if not rest.word(i).startswith("و") or verb(rest.word(i)) or rest.last - i < 7:
        return False
    return any(rest.word(k) in ("كان", "كانت") for k in range(i + 2, i + 5))


def _open_report(c: Clause, begin: int, i: int) -> bool:
    """Whether a verb of saying before token i still waits for what was said."""
    said = next((k for k in range(begin, i) if (v := verb(c.word(k))) and v.cue in _WAITING), -1)
    return begin <= said <= begin + 8 and not any(
        particle_at(c, k) or masdar(c.word(k)) for k in range(said, i)
    )


def _after_tail(c: Clause, begin: int, i: int) -> bool:
    """After «P، بحسب س،» what follows is another matter; not so in «قال س، وفق ص، إن»."""
    rest = Clause(c.tokens, c.names, i, c.last, c.sources)
    if (
        c.last - i < 4
        or not _verb_soon(rest, i)
        or number_word(c.words[i])
        or particle_at(c, i)
        or _open_report(c, begin, i)
    ):
        return False
    for at in range(i - 2, max(begin + 3, i - 20), -1):
        if c.words[at - 1] == ",":
            said = by_preposition(Clause(c.tokens, c.names, begin, c.last, c.sources), at)
            if said and said[0].names:
                return said[1] == i - 1
    return False


def _under_head(c: Clause, begin: int, i: int) -> bool:
    """Whether all up to token i is who says it: «وبحسب س، نقلا عن ص،»."""
    head = by_preposition(Clause(c.tokens, c.names, begin, c.last, c.sources), begin)
    return head is not None and head[1] >= i - 1
