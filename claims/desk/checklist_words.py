"""The words of the checklist: rules give codes, the desk says what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.rules.verdict import Item


@dataclass(frozen=True)
class Step:
    """One line of a checklist as parts/_checklist.html shows it."""

    done: bool
    text: str
    help: str
    url: str


def steps_of(items: list[Item], places: dict[str, str]) -> list[Step]:
    """The checklist in words. `places` says where on the desk each code is done."""
    words, advised = _words(), _("advised")
    return [
        Step(
            item.done,
            words.get(item.code, (item.code, ""))[0] + (f" ({advised})" if item.advisory else ""),
            words.get(item.code, ("", ""))[1],
            places.get(item.code, ""),
        )
        for item in items
    ]


def _words() -> dict[str, tuple[str, str]]:
    return {
        "statement": (_("A statement of the claim"), _("One sentence that can be checked.")),
        "both-languages": (
            _("The statement in both languages"),
            _("The public page exists in Arabic and English."),
        ),
        "incident": (_("An incident"), _("It brings together what others say about the same event.")),
        "chain": (_("Who said it"), _("At least one chain from the outlet to the origin.")),
        "verdict": (_("A proposed verdict"), _("Confirmed, denied or unverified.")),
        "reason": (_("The reason in one sentence"), _("It stands beside the verdict, above the fold.")),
        "rationale": (_("The reasoning"), _("How the evidence leads to the verdict.")),
        "would-settle": (_("What would settle it"), _("What would have to be known to confirm or deny it.")),
        "evidence": (_("At least one piece of evidence cited"), _("Tick what the verdict rests on.")),
        "exception": (
            _("Two independent origins, or a stated reason"),
            _(
                "Fewer than two known origins, or parties only: say why all the same. The reason is published."
            ),
        ),
        "evidence-captured": (
            _("Cited evidence is captured"),
            _("What is cited is still being captured or examined, or its capture failed."),
        ),
        "change": (_("What changed and why"), _("Published with the correction.")),
    }
