"""What people paste or upload, and say about it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from claims.actions.document import LONGEST_BODY
from claims.archive.article import Article, article_of
from claims.forms.fields import Day, Text, Version
from claims.forms.naming import named
from claims.models import Document, DocumentKind, Incident, SourceKind
from claims.text.decode import Unreadable, decode_text

LARGEST_FILE = 4_000_000
MOST_INCIDENTS = 100
_PAGES = (".html", ".htm", ".xhtml")


def new_kinds() -> list[tuple[str, Any]]:
    """Kinds a new named source can have, headed by none."""
    return [
        ("", _("a source that is in the registry")),
        *[kind for kind in SourceKind.choices if kind[0] != "unnamed"],
    ]


def zones() -> list[tuple[str, str]]:
    """Zones of the region and those of the agencies, the newsroom's own first."""
    places = ["Damascus", "Baghdad", "Beirut", "Gaza", "Jerusalem", "Aden", "Riyadh", "Dubai", "Tehran"]
    names = [
        *[f"Asia/{place}" for place in places],
        *[
            "Africa/Khartoum",
            "Africa/Tripoli",
            "Africa/Cairo",
            "Europe/Kyiv",
            "Europe/Istanbul",
            "Europe/Moscow",
        ],
        *["Europe/London", "Europe/Paris", "America/New_York", "UTC"],
    ]
    ours = settings.NEWSROOM_TIME_ZONE
    return [(name, name.replace("_", " ")) for name in dict.fromkeys([ours, *names])]


class FactsForm(forms.Form):
    """What is known of a text. The outlet is typed by any of its names, in either script."""

    outlet = Text(label=_("Outlet"), required=False, max_length=200)
    outlet_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    outlet_kind = forms.ChoiceField(label=_("The outlet is"), required=False, choices=new_kinds)
    url = forms.URLField(label=_("Address"), required=False, max_length=2000, assume_scheme="https")
    published_on = Day(label=_("Published on"), required=False)
    title = Text(label=_("Title"), required=False, max_length=500)
    lang = forms.ChoiceField(
        label=_("Language"),
        choices=[
            ("auto", _("from the letters")),
            ("ar", "العربية"),
            ("en", "English"),
            ("other", _("another")),
        ],
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"lang": "auto", "kind": DocumentKind.ARTICLE, "zone": settings.NEWSROOM_TIME_ZONE}
        kwargs["initial"] = initial | dict(kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        zone = str(kwargs["initial"]["zone"])
        if zone not in dict(zones()):
            self.fields["zone"].choices = [(zone, zone), *zones()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        name = data.get("outlet", "")
        data["publisher"] = named(name, data.get("outlet_id")) if name else None
        if name and data["publisher"] is None and not data.get("outlet_kind"):
            self.add_error(
                "outlet", _("The registry has no source of this name. Pick one, or say what kind it is.")
            )
        return data

    @property
    def new_outlet(self) -> dict[str, str] | None:
        """The source to add first, where the outlet is new."""
        data = self.cleaned_data
        if not data["outlet"] or data["publisher"] is not None:
            return None
        script = "name_en" if data["outlet"].isascii() else "name_ar"
        return {script: data["outlet"], "kind": data["outlet_kind"]}

    def facts(self) -> dict[str, Any]:
        """The fields of the document (actions.document.FACTS), the publisher left to the caller where it is new."""
        data = self.cleaned_data
        names = ("url", "published_on", "title", "lang", "kind", "zone")
        return {
            **{name: data[name] for name in names},
            "publisher_id": data["publisher"] and data["publisher"].pk,
        }


class EditFactsForm(FactsForm):
    """The same for a text that is here already."""

    version = Version()


class IntakeForm(FactsForm):
    """A text pasted, or a file of one."""

    body = Text(label=_("Text"), required=False, rows=12, strip=False)
    file = forms.FileField(
        label=_("or a file: .txt or .html"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.html,.htm,text/plain,text/html"}),
    )
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("body", "file")

    # What was found in an uploaded page: the form is shown once more, filled from it.
    page: Article | None = None

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body) > LONGEST_BODY:
            raise forms.ValidationError(_("At most one million characters."), code="too-long")
        return body

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        upload = data.get("file")
        if upload is not None and not (data.get("body") or "").strip():
            self._read_file(upload)
        if "body" in data and not data["body"].strip() and "file" not in self.errors:
            self.add_error("body", _("Paste the text, or choose a file."))
        return data

    def _read_file(self, upload: "UploadedFile[bytes]") -> None:
        if (upload.size or 0) > LARGEST_FILE:
            self.add_error("file", _("The file is larger than 4 MB. Paste the text instead."))
            return
        raw = upload.read()
        if not raw.strip():
            self.add_error("file", _("The file is empty."))
        elif (upload.name or "").lower().endswith(_PAGES) or raw.lstrip()[:15].lower().startswith(
            b"<!doctype html"
        ):
            self._read_page(raw)
        else:
            self._read_text(raw)

    def _read_page(self, raw: bytes) -> None:
        self.page = article_of(raw)
        if self.page is None:
            self.add_error("file", _("No article was found in this page. Paste the text instead."))
        else:
            self.cleaned_data["body"] = self.page.text

    def _read_text(self, raw: bytes) -> None:
        try:
            self.cleaned_data["body"] = decode_text(raw)[0]
        except Unreadable:
            self.add_error(
                "file", _("The file is not text, or its encoding is unknown. Save it as UTF-8, or paste it.")
            )


def found_in(page: Article, data: dict[str, Any]) -> dict[str, Any]:
    """What the intake form shows after a page was read: what was typed, and where nothing was, what the page says."""
    offered = {
        "title": page.title[:500],
        "url": page.url if page.url.startswith(("http://", "https://")) else "",
        "published_on": page.published_on,
        "outlet": page.site[:200] if page.site and named(page.site) else "",
    }
    return {**{name: data.get(name) or value for name, value in offered.items()}, "body": page.text}


def facts_initial(document: Document) -> dict[str, Any]:
    """A document as its form shows it."""
    names = ("url", "published_on", "title", "lang", "kind", "zone", "version")
    publisher = document.publisher
    return {
        **{name: getattr(document, name) for name in names},
        "outlet": publisher.name if publisher else "",
        "outlet_id": publisher.pk if publisher else None,
    }


class WhereForm(forms.Form):
    """Which incident and question the next claims go to: chosen, or named anew."""

    incident = forms.ModelChoiceField(label=_("Incident"), queryset=Incident.objects.all(), required=False)
    new_incident = Text(label=_("or a new incident"), required=False, max_length=300)
    question = forms.ChoiceField(label=_("Question"), required=False)
    new_question = Text(label=_("or a new question"), required=False, max_length=300)
    version = Version()

    def __init__(self, *args: Any, incident: Incident | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident"].choices = recent_incidents(incident)  # type: ignore[attr-defined]
        questions = list(incident.questions.all()) if incident else []
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            ("", _("none yet")),
            *[(str(one.pk), one.text) for one in questions],
        ]
        # A question of the incident that was chosen just now is not among those of the old one.
        self.fields["question"].validate = _any_choice  # type: ignore[method-assign]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("new_question") and not (data.get("incident") or data.get("new_incident")):
            self.add_error("new_question", _("A question belongs to an incident. Choose or name one."))
        return data


def recent_incidents(current: Incident | None) -> list[tuple[str, Any]]:
    """The incidents opened last, and the one chosen now: a newsroom has more than fit a list."""
    recent = Incident.objects.order_by("-created_at")[:MOST_INCIDENTS]
    rows = {row.pk: row for row in [*([current] if current else []), *recent]}
    return [("", _("none yet")), *[(str(row.pk), row.title) for row in rows.values()]]


def _any_choice(value: str) -> None:
    """Whether the question belongs to the incident is asked by the view, of the database."""


class PassageForm(forms.Form):
    """A passage marked by hand: its span, counted by a script, or its words."""

    start = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_BODY, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_BODY, widget=forms.HiddenInput)
    words = Text(label=_("Its words, exactly as in the text"), required=False, rows=2, max_length=20_000)

    def span(self, body: str) -> tuple[int, int] | None:
        """Where it stands; None when those words are not in the text."""
        data = self.cleaned_data
        if data["start"] is not None and data["end"] is not None:
            return data["start"], data["end"]
        return place_of(body, data["words"], 0)


def place_of(body: str, words: str, near: int) -> tuple[int, int] | None:
    """The span of `words` in the text, the one that begins closest to `near`; line ends of any kind are alike."""
    wanted = words.strip()
    if not wanted:
        return None
    found: list[tuple[int, int]] = []
    for form in dict.fromkeys([wanted, wanted.replace("\n", "\r\n")]):
        at = body.find(form)
        while at >= 0 and len(found) < 10_000:
            found.append((at, at + len(form)))
            at = body.find(form, at + 1)
    return min(found, key=lambda span: abs(span[0] - near), default=None)
