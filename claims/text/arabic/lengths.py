"""Lengths of time in days: «يومين», «ثلاثة أسابيع», «10 أيام»."""

from claims.text.arabic.numerals import Numerals
from claims.text.normalise import fold

_DAYS = {"يوم": 1, "اسبوع": 7, "شهر": 30, "سنه": 365, "عام": 365}
_FORMS = {
    fold(form): days
    for days, forms in ((1, "يوم;يوما;أيام"), (7, "أسبوع;أسبوعا;أسابيع"), (30, "شهر;شهرا;أشهر;شهور"),
                        (365, "سنة;سنوات;سنين;عام;عاما;أعوام"))
    for form in forms.split(";")
}  # fmt: skip
_LONGEST = 400


def length_at(numerals: Numerals, i: int) -> tuple[int, int] | None:
    """The length at token i, in days, and the token after it."""
    word = numerals.word(i)
    if word in _DAYS:
        return _DAYS[word], i + 1
    twice = _DAYS.get(word[:-2]) or _DAYS.get(word[:-3] + "ه")
    if twice and word.endswith(("ين", "ان")):
        return 2 * twice, i + 1
    run = numerals.at(i)
    if not run or run.value > _LONGEST or run.value != int(run.value):
        return None
    days = _FORMS.get(numerals.word(run.last))
    return (int(run.value) * days, run.last + 1) if days else None
