"""What whoever speaks does with a clause: asserts, denies or estimates it."""

import re
from functools import lru_cache

from claims.text.english.clause import Clause, Said
from claims.text.english.lexicon import cue
from claims.text.reading import Stance
from claims.text.words import raw_lists, word_list

_SHORT = r"(?:could|did|does|do|has|have|had|is|was|were|are|ca|wo|would)nt"
_NOT = rf"(?:(?:had|has|have|did|does|do) (?:not|never)|never|{_SHORT})"
_HARM = r"fir|target|str[iu]|hit|attack|bomb|shell|launch|kill|detain|arrest|block"
_DEED = rf"(?:{_HARM}|order|us|h[eo]ld|clos|tak|took)\w*"
_RAIDS = r"(?:missions?|sorties|flights|strikes?|raids?|attacks?|operations?|shells?|rockets?|shots?)"
# "said it had not fired": a deed that the speaker says was not the speaker's; in a quotation whoever it names.
_DID_NOT = re.compile(rf" (?:it|they|he|she|we|i) {_NOT} {_DEED} ")
_DID_NOT_QUOTED = re.compile(
    rf" {_NOT} {_DEED} | no (?:\w+ )?{_RAIDS} (?:was|were|has been|have been|had been) "
)
# "said they had not", "that is not so": the whole of what was asked.
_IT_WAS_NOT = re.compile(
    rf" (?:it|they|he|she|we|i) (?:(?:had|has|have|did|does|do|was|were|is|are) not|{_SHORT}) $"
    r"| (?:that|this|it) (?:isnt|wasnt|is not|was not) (?:so|true|the case|correct|right|what happened) "
)
_MAY = re.compile(
    r"(?<!before it)(?<!before they)(?<!before he)(?<!before she)"  # "was stopped before it could reach the lane"
    r" (?:may|might|could) (?:well )?"
    r"(?:have|be over|last|reach|rise|exceed|slip|run|begin|start|fall|come|take|face) "
)
_NEGATIVE = re.compile(rf" (?:no|not|never|none|nothing|nobody|neither|nowhere|{_SHORT}) ")
_CLAIMS = re.compile(
    r" (?:claims?|rumou?rs?|reports?|allegations?|accusations?|suggestions?|assertions?|stor(?:y|ies)) "
)


_NOT_SO = re.compile(r" not (?:so|true) , ")
_THAT = re.compile(r" (?:that|this|it|these|they|those) (?:is|are|was|were) ")


@lru_cache(maxsize=1)
def _false() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(word_list("en", "falsehood"))))
    return re.compile(rf" (?:is|are|was|were|as) (?:\w+ )?(?:{words}) ")


def _called_false(text: str) -> bool:
    """ "Rumours that the station was bombed are false": what is denied is named before it is denied."""
    called = _false().search(text)
    return bool(
        (_CLAIMS.search(text) and (called or " no truth " in text)) or (called and _THAT.search(text))
    )


def stance(c: Clause, said: Said) -> Stance:
    """What whoever speaks does with the clause."""
    if said.stance != "asserts":
        return said.stance
    text = f" {c.text(c.first, c.last)} "
    if _denied(c, said, text):
        return "denies"
    hedged = (
        text.startswith(" an estimated ")
        or any(f" {p} " in text for p in raw_lists("en")["estimate-words"])
        or (said.names and _MAY.search(text))
    )
    return "estimates" if hedged or (said.cue[1] and cue(c.word(said.cue[0])) == "estimate") else "asserts"


def _denied(c: Clause, said: Said, text: str) -> bool:
    if (
        any(f" {p} " in text for p in raw_lists("en")["denied"])
        or _DID_NOT.search(text)
        or _called_false(text)
        or _NOT_SO.match(text)
    ):
        return True
    quoted = " ".join(c.word(k) for k in range(c.first, c.last) if c.speech(k))
    return bool(
        said.names and (_IT_WAS_NOT.search(text) or (quoted and _DID_NOT_QUOTED.search(f" {quoted} ")))
    )


def negative(c: Clause) -> bool:
    """Whether the clause says that something is not so: after a denial by the same speaker it goes on denying."""
    return bool(_NEGATIVE.search(f" {c.text(c.first, c.last)} "))
