"""Incidents and the questions that are disputed about them."""

from django.db import models
from django.utils.translation import get_language

from claims.models.row import Row


def in_language(ar: str, en: str) -> str:
    """The text in the language of the page, else the other one."""
    if (get_language() or "ar").startswith("en"):
        return en or ar
    return ar or en


def half_in_language(text: str) -> str:
    """The half of "Arabic / English" that the page is in; a text in one language as it is."""
    halves = text.split(" / ")
    arabic = [any("\u0600" <= sign <= "\u06ff" for sign in half) for half in halves]
    if len(halves) != 2 or arabic[0] == arabic[1]:
        return text
    ours = in_language("ar", "en") == "ar"
    return halves[arabic.index(ours)]


class Incident(Row):
    """What happened, somewhere, some time; groups the claims about one event."""

    slug = models.SlugField(max_length=80, unique=True)
    title_ar = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    summary_ar = models.TextField(max_length=5000, blank=True)
    summary_en = models.TextField(max_length=5000, blank=True)
    place = models.CharField(max_length=200, blank=True)
    place_key = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_precision_m = models.PositiveIntegerField(null=True, blank=True)
    earliest_at = models.DateTimeField(null=True, blank=True)
    latest_at = models.DateTimeField(null=True, blank=True)
    is_illustration = models.BooleanField(default=False)
    text_folded = models.TextField(blank=True)

    class Meta:
        ordering = ["-earliest_at", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title_ar="") | ~models.Q(title_en=""), name="incident_has_a_title"
            ),
            models.CheckConstraint(
                condition=models.Q(earliest_at__isnull=True)
                | models.Q(latest_at__isnull=True)
                | models.Q(earliest_at__lte=models.F("latest_at")),
                name="incident_from_before_to",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_ar, self.title_en)

    @property
    def summary(self) -> str:
        return in_language(self.summary_ar, self.summary_en)


class Question(Row):
    """What is disputed about an incident ("How many explosions?"). Claims answer it; answers compete."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="questions")
    text_ar = models.CharField(max_length=300, blank=True)
    text_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text_ar="") | ~models.Q(text_en=""), name="question_has_text"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_ar, self.text_en)
