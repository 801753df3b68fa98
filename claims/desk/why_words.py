"""Why a passage is proposed, and what the engine was unsure of, in words an editor understands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from claims.actions.terms import Terms


def why_words(reading: Mapping[str, Any]) -> str:
    """The sentence for a reading's `why`. A code from a newer engine than these words falls back to a plain one."""
    why = reading.get("why") or {}
    cue, source = why.get("cue", ""), why.get("source", "")
    sentence = _sentences().get(why.get("code", ""), _("The reading engine takes this for a claim."))
    said = sentence % {"source": f"\u2068{source}\u2069" if source else _("somebody")}
    return said + " " + _("(cue: %(cue)s)") % {"cue": f"«\u2068{cue}\u2069»"} if cue else said


def notes_of(reading: Mapping[str, Any], terms: Terms) -> list[str]:
    """What to look at before accepting: doubts of the text, and readings that an editor has to settle."""
    words = _notes()
    codes = list(terms.event.notes) if terms.event else []
    codes += [name for name in ("background", "doubted") if reading.get(name)]
    if reading.get("appearances"):
        codes.append("appears-again")
    if terms.event and terms.event.earliest_on is None:
        codes.append("unresolved")
    if terms.place and terms.place.choices:
        codes.append("place-ambiguous")
    if any(0 < one.certainty < 0.6 for one in terms.chain if one.how == "known"):
        codes.append("source-unsure")
    if any(not one.get("sure", True) for one in reading.get("quantities", [])):
        codes.append("dual-or-plural")
    return list(dict.fromkeys(words[code] for code in codes if code in words))


def _sentences() -> dict[str, str]:
    return {
        "reports": _("%(source)s reports it."),
        "relays": _("%(source)s passes on what another said."),
        "according-to": _("The text names %(source)s for it."),
        "headline-colon": _("%(source)s and a colon stand before it."),
        "continues": _("It carries on the report of %(source)s."),
        "denies": _("%(source)s denies it."),
        "silence": _("The text says that %(source)s has not spoken."),
        "estimates": _("%(source)s estimates it."),
        "responsibility": _("Responsibility is claimed or laid on someone."),
        "observes": _("%(source)s observed, recorded or counted it."),
        "footage": _("Footage is said to show it."),
        "passive": _("It is reported without naming who said it."),
        "post": _("A post on a social account says it."),
        "own-account": _("The outlet states it in its own voice."),
        "by-hand": _("An editor marked it by hand."),
    }


def _notes() -> dict[str, str]:
    return {
        "weekday-disagrees": _("The weekday and the date do not agree."),
        "months-disagree": _("The two month names do not agree."),
        "hijri-range": _("A date of the Hijri calendar: it may be a day off."),
        "night-of-two-days": _("The night lies over two days."),
        "inferred": _("The date follows from other words of the text."),
        "older-use-night-before": _("In older use this may be the night before."),
        "unresolved": _("The date needs the day of publication: enter it above, and the text is read again."),
        "background": _("Background: it is not about the news of the day."),
        "doubted": _("The text itself doubts it."),
        "appears-again": _("It stands in the text more than once."),
        "place-ambiguous": _("Several places have this name: edit to choose one."),
        "source-unsure": _("Not sure that this is the source meant."),
        "dual-or-plural": _("The number may be a dual or a plural."),
    }
