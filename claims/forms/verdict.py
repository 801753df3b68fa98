"""What people type about a verdict: the draft, the decision, the correction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.actions.verdict import TEXTS
from claims.forms.fields import Text, Version
from claims.models import Evidence, Value, Verdict, VerdictKind


class VerdictForm(forms.Form):
    """A draft verdict. `version` is the draft's, empty where there was none yet."""

    version = Version(required=False)
    value = forms.ChoiceField(label=_("Verdict"), choices=Value.choices, widget=forms.RadioSelect)
    reason_ar = Text(label=_("The reason in one sentence, Arabic"), required=False, max_length=300)
    reason_en = Text(label=_("The reason in one sentence, English"), required=False, max_length=300)
    rationale_ar = Text(label=_("Reasoning, Arabic"), required=False, max_length=20_000, rows=5)
    rationale_en = Text(label=_("Reasoning, English"), required=False, max_length=20_000, rows=5)
    would_settle_ar = Text(label=_("What would settle it, Arabic"), required=False, max_length=2000, rows=2)
    would_settle_en = Text(label=_("What would settle it, English"), required=False, max_length=2000, rows=2)
    exception_ar = Text(
        label=_("Why confirmed all the same, Arabic"), required=False, max_length=2000, rows=2
    )
    exception_en = Text(
        label=_("Why confirmed all the same, English"), required=False, max_length=2000, rows=2
    )
    change_ar = Text(label=_("What changed and why, Arabic"), required=False, max_length=2000, rows=2)
    change_en = Text(label=_("What changed and why, English"), required=False, max_length=2000, rows=2)
    evidence = forms.MultipleChoiceField(
        label=_("Evidence it rests on, in order"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, draft: Verdict | None = None, evidence: Sequence[Evidence] = (), **kwargs: Any
    ) -> None:
        self.draft = draft
        cited = [str(c.evidence_id) for c in draft.citations.all()] if draft else []
        if draft is not None:
            names = ["version", "value", *TEXTS]
            kwargs.setdefault("initial", {**{n: getattr(draft, n) for n in names}, "evidence": cited})
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        # Cited ones stand first, in the order they are cited; places can be changed by number.
        rows = sorted(evidence, key=lambda e: cited.index(str(e.pk)) if str(e.pk) in cited else len(cited))
        self.choices = [(str(row.pk), row.title or row.get_kind_display()) for row in rows]
        field.choices = self.choices  # type: ignore[attr-defined]
        for name in ("rationale_ar", "rationale_en"):
            self.fields[name].help_text = _(
                "Markdown: blank line for a paragraph, - for a list, [text](address)."
            )
        if draft is None or draft.kind == VerdictKind.VERDICT:
            del self.fields["change_ar"], self.fields["change_en"]

    def clean_evidence(self) -> list[UUID]:
        """Cited evidence by id, in the order of its numbers, then of the page."""
        chosen = [str(pk) for pk in self.cleaned_data["evidence"]]
        order = {pk: place for place, (pk, _title) in enumerate(self.choices)}
        return [UUID(pk) for pk in sorted(chosen, key=lambda pk: (self._number(pk), order[pk]))]

    def _number(self, pk: str) -> int:
        typed = str(self.data.get(f"place-{pk}", ""))
        return int(typed) if typed.isdecimal() and len(typed) < 4 else 999

    def numbered(self) -> list[dict[str, Any]]:
        """The evidence to tick, each with its place among the cited."""
        chosen = [str(pk) for pk in (self["evidence"].value() or [])]
        return [
            {
                "id": pk,
                "title": title,
                "checked": pk in chosen,
                "place": self.data.get(f"place-{pk}") or (chosen.index(pk) + 1 if pk in chosen else ""),
            }
            for pk, title in self.choices
        ]

    def texts(self) -> dict[str, str]:
        """The texts for actions.verdict.propose_verdict."""
        return {name: self.cleaned_data.get(name, "") for name in TEXTS}


class RevisionForm(forms.Form):
    """A step taken with a draft or a submission: which one, as it stood."""

    verdict = forms.UUIDField(widget=forms.HiddenInput)
    version = Version()


class DecisionForm(forms.Form):
    """A reviewer's decision on exactly the revision that was read."""

    content_sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z", widget=forms.HiddenInput)
    note = Text(label=_("Note to the editor"), required=False, max_length=5000, rows=3)
    publish = forms.BooleanField(required=False, widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """What a revision of something published is to be."""

    verdict = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in VerdictKind if kind != VerdictKind.VERDICT],
    )
