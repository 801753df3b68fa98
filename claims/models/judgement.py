"""What people found out about a piece of evidence: where it was made, when, and which findings matter.

Each is appended, never changed: the newest counts, the earlier ones stay to be read (triggers on both engines).
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Precision
from claims.models.evidence import Evidence
from claims.models.incident import in_language


class Confidence(models.TextChoices):
    """How sure the person is. NONE says that it was tried and cannot be told, and takes an earlier answer back."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")
    NONE = "none", _("It cannot be told")


class Mark(models.TextChoices):
    RELEVANT = "relevant", _("Relevant")
    DISMISSED = "dismissed", _("Dismissed")
    OPEN = "open", _("Open again")


class Judgement(models.Model):
    """Who judged a piece of evidence, and when."""

    id = models.BigAutoField(primary_key=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="%(class)ss")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-id"]


class Reasoned(Judgement):
    """A judgement with its confidence and the way to it. `compared` names what the evidence was held against."""

    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    reasoning_ar = models.TextField(max_length=5000, blank=True)
    reasoning_en = models.TextField(max_length=5000, blank=True)
    compared = models.TextField(max_length=2000, blank=True)
    may_publish = models.BooleanField(default=False)

    class Meta(Judgement.Meta):
        abstract = True

    @property
    def reasoning(self) -> str:
        return in_language(self.reasoning_ar, self.reasoning_en)

    @property
    def is_known(self) -> bool:
        return self.confidence != Confidence.NONE


class Geolocation(Reasoned):
    """Where it was made: a place by name, a point in degrees (WGS 84), or both."""

    place = models.CharField(max_length=200, blank=True)
    place_key = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision_m = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Reasoned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="geolocation_on_the_globe",
            ),
            models.CheckConstraint(
                condition=Q(confidence="none", place="", latitude__isnull=True)
                | (Q(confidence__in=["high", "medium", "low"]) & (~Q(place="") | Q(latitude__isnull=False))),
                name="geolocation_says_where",
            ),
        ]


class Chronolocation(Reasoned):
    """When it was made: the earliest and the latest instant it may be from. `zone` is what the reasoning counts in."""

    earliest_at = models.DateTimeField(null=True, blank=True)
    latest_at = models.DateTimeField(null=True, blank=True)
    precision = models.CharField(max_length=12, choices=Precision.choices, blank=True)
    zone = models.CharField(max_length=60, blank=True)

    class Meta(Reasoned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence="none", earliest_at__isnull=True, latest_at__isnull=True)
                | Q(confidence__in=["high", "medium", "low"], earliest_at__lte=models.F("latest_at")),
                name="chronolocation_says_when",
            ),
        ]


class FindingMark(Judgement):
    """What somebody made of one finding: `finding` is its key (claims.media.finding), so that it outlives a new
    examination which finds the same; `code` and `facts` are the finding as it was judged."""

    finding = models.CharField(max_length=32, db_index=True)
    code = models.CharField(max_length=60)
    facts: Any = models.JSONField(default=dict, blank=True)
    mark = models.CharField(max_length=9, choices=Mark.choices)
    reason = models.CharField(max_length=500)

    class Meta(Judgement.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="finding_mark_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="finding_mark_has_a_reason"),
        ]
