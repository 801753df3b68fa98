"""Whether an Arabic clause is worth proposing, and with which stance it is said."""

from itertools import pairwise

from claims.text.arabic.clause import Clause, Said, passive_at
from claims.text.arabic.lexicon import can_speak, finite, future, has, masdar, needs_that, verb
from claims.text.arabic.openings import opening
from claims.text.calendar import Found
from claims.text.reading import Quantity, Stance


def stance_of(c: Clause, said: Said) -> Stance:
    if said.stance == "denies" and said.verb and c.word(said.cue[0] - 1).lstrip("وف") in ("لا", "لم", "لن"):
        return "asserts"
    if said.stance != "asserts":
        return said.stance
    return _by_noun(c, said) or _by_words(c, said)


def _by_noun(c: Clause, said: Said) -> Stance | None:
    """«بحسب تقديرات س», «نقلت س عن ص تقديره أن», «نفيه أن»."""
    first = said.names[0][0] if said.names else 0
    opens = c.word(said.body) if said.body else ""
    if any(w in _ESTIMATES for w in c.words[max(c.first, first - 1) : first + 1]):
        return "estimates"
    if opens.startswith(_QAWL_OF_ESTIMATE):
        return "estimates"
    return "denies" if opens.startswith("نفي") else None


def _by_words(c: Clause, said: Said) -> Stance:
    words = c.words[max(c.first, said.body) : c.last]
    text = " " + " ".join(words) + " "
    if any(f" {p} " in text for p in _HEDGED):
        return "estimates"
    opens = " " + " ".join(words[:5]) + " "
    if any(f" {p}" in opens for p in _UNKNOWING):
        return "no_comment"
    if any(text.lstrip().startswith(p) for p in _DENIALS):
        return "denies"
    if (
        (c.words[said.body : said.body + 1] and " لا صحه ل" in text)
        or " لا علاقه ل" in text
        or " غير صحيح" in text
    ):
        return "denies"
    return "asserts"


_ESTIMATES = ("تقدير", "بتقدير", "لتقدير", "تقديرات", "التقديرات", "ترجيحات", "لتقديرات", "بتقديرات")
_QAWL_OF_ESTIMATE = ("تقدير", "توقع", "ترجيح")
_HEDGED = (
    "احتمال ان",
    "علي الارجح",
    "يعتقد ان",
    "يعتقد انها",
    "يعتقد انه",
    "يرجح ان",
    "يرجح انه",
    "يرجح انها",
    "من المرجح",
    "من المحتمل",
    "ربما",
    "يحتمل ان",
    "قد يكون",
    "قد تكون",
    "قد يكونون",
    "يبدو ان",
    "يبدو انه",
    "يبدو انها",
)
_UNKNOWING = (
    "لا نعلق",
    "لا تعليق",
    "لا نملك معلومات",
    "لا نعلم ",
    "لا علم له",
    "لا يعرف ",
    "لا تعرف ",
    "لا يعلم ",
    "لا تعلم ",
    "لا يملك معلومات",
    "ليس علي علم",
    "ليست علي علم",
    "ليسوا علي علم",
    "لا علم لها",
    "لا تملك معلومات",
)
_DENIALS = (
    "انه لم ي",
    "انها لم ت",
    "ان لا علاقه",
    "انه لا علاقه",
    "انها لا علاقه",
    "ان لا صله",
    "عدم صحه",
    "عدم وجود علاقه",
    "عدم مسوولي",
)


def is_claim(c: Clause, said: Said, held: list[Quantity], within: list[Found]) -> bool:
    """Calls, threats, praise, plans, questions and bare background are no claims."""
    if c.last - c.first < 3:
        return False
    at = opening(c)
    if has("opinion-marks", c.word(at)) and not held:
        return False
    if said.code == "own-account":
        return _own_account(c, at, held, within)
    if said.code == "silence":
        return True
    under = said.body if said.code == "according-to" and said.cue[0] == at else at
    if said.code == "according-to" and _calls(c, under):
        return False
    if said.verb and said.verb.lemma in _OPINION and not held and not within:
        return False
    return not _planned(c, said) or any(d.days for d in within)


_OPINION = frozenset(("اعتبر", "راي", "وصف"))


def _planned(c: Clause, said: Said) -> bool:
    """A promise, a threat or a demand: the report's first verb is to come, or it says what must be."""
    body = c.words[said.body : min(said.body + 5, c.last)]
    if said.stance != "asserts":
        return False
    return any(has("should", w) and w != "لن" for w in body[:3]) or any(future(w) for w in body[:4])


def _calls(c: Clause, at: int) -> bool:
    for k in range(at, min(at + 8, c.last)):
        found = verb(c.word(k))
        if found:
            return found.cue == "call"
    return False


def _main_clause(c: Clause, at: int) -> bool:
    """«بعد مرور 40 يوما على الحصار، توفي طفلان»: behind the lead something happens."""
    comma = next((k for k in range(at, c.last - 3) if c.word(k) == ","), 0)
    found = verb(c.word(comma + 1)) if comma else None
    return (
        c.word(at) in ("بعد", "قبل", "وسط")
        and found is not None
        and found.cue == "event"
        and not found.present
    )


def _own_account(c: Clause, at: int, held: list[Quantity], within: list[Found]) -> bool:
    """The outlet's own voice is a claim where something happened: a past verb, a count with a verb, a date."""
    if (
        _calls(c, at)
        or (has("fragments", c.word(at)) and not _main_clause(c, at))
        or c.phrase(at, 2) in ("جاء ذلك", "وجاء ذلك", "ياتي ذلك")
    ):
        return False
    if passive_at(c, at):
        return True
    if c.word(at) in ("انباء", "معلومات") and c.word(at + 1) in ("عن", "حول"):
        return bool(held or within)
    verbs = [v for w in c.words[at : min(at + 14, c.last)] if (v := verb(w))]
    if not verbs and not any(finite(w) for w in c.words[at : min(at + 14, c.last)]):
        return (bool(held) and bool(within)) or (masdar(c.word(at)) and (bool(held) or c.last - at >= 6))
    first = next((w for w in c.words[at : c.last] if finite(w)), "")
    if future(first):
        return False
    main = verb(first)
    negated = any(a in ("لم", "ولم", "فلم") and b == first for a, b in pairwise(c.words[at : c.last]))
    present = (main.present if main else True) and not negated
    if (
        main
        and main.lemma not in needs_that()
        and main.cue not in ("event", "observe", "deny", "responsibility", "relay")
        and not can_speak(c.word(at))
    ):
        return bool(held or within)
    nth = any(w in ("نوعه", "نوعها", "للمره") for w in c.words[at : c.last])
    return not present or nth or bool(held) or bool(within)
