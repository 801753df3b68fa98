"""Claims: one checkable proposition each, and the quantities in it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from claims.models import words
from claims.models.incident import in_language
from claims.models.row import Language, Row

if TYPE_CHECKING:
    from claims.models.person import User


class WorkState(models.TextChoices):
    """Where the work stands; never a verdict (rule 1)."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    IN_REVIEW = "in_review", _("In review")
    DECIDED = "decided", _("Decided")
    ON_HOLD = "on_hold", _("On hold")
    REJECTED = "rejected", _("Not checkable")


class Precision(models.TextChoices):
    MINUTE = "minute", _("to the minute")
    HOUR = "hour", _("to the hour")
    PART_OF_DAY = "part_of_day", _("part of the day")
    DAY = "day", _("the day")
    NIGHT = "night", _("a night over two days")
    WEEK = "week", _("the week")
    MONTH = "month", _("the month")
    YEAR = "year", _("the year")
    ABOUT = "about", _("about")
    WINDOW = "window", _("within a period")
    UNRESOLVED = "unresolved", _("not resolved")


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: "User") -> "ClaimQuerySet":
        """What the user may see at the desk; says the same as rules.claim.may_view_claim, tested together."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self

    def open(self) -> "ClaimQuerySet":
        return self.filter(work_state__in=[WorkState.NEW, WorkState.OPEN, WorkState.IN_REVIEW])

    def published(self) -> "ClaimQuerySet":
        """Claims whose current publication is a page, not a withdrawal."""
        return self.filter(publication__isnull=False).exclude(publication__kind="withdrawal")

    def with_evidence(self) -> "ClaimQuerySet":
        from django.apps import apps

        evidence = apps.get_model("claims", "Evidence")
        return self.filter(Exists(evidence.objects.filter(claim=OuterRef("pk"), retired_at__isnull=True)))

    def said_by(self, source_id: Any) -> "ClaimQuerySet":
        from django.apps import apps

        hops = apps.get_model("claims", "Attribution")
        return self.filter(Exists(hops.objects.filter(claim=OuterRef("pk"), source_id=source_id)))

    def matching(self, folded: str) -> "ClaimQuerySet":
        """Every word of a folded query (claims.text.normalise.fold) stands in the claim."""
        wanted = folded.split()[:12]
        near = words.candidates(wanted)
        found = self if near is None else self.filter(pk__in=near)
        for word in wanted:
            found = found.filter(text_folded__contains=word)
        return found


class Claim(Row):
    """One checkable proposition. `wording` is the verbatim span of its document; statements say it in each language."""

    document = models.ForeignKey(
        "claims.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    wording = models.TextField(max_length=20_000)
    lang = models.CharField(max_length=5, choices=Language.choices, default=Language.ARABIC)
    statement_ar = models.TextField(max_length=2000, blank=True)
    statement_en = models.TextField(max_length=2000, blank=True)
    incident = models.ForeignKey(
        "claims.Incident", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    question = models.ForeignKey(
        "claims.Question", on_delete=models.SET_NULL, null=True, blank=True, related_name="claims"
    )
    answer_ar = models.CharField(max_length=200, blank=True)
    answer_en = models.CharField(max_length=200, blank=True)

    event_earliest_at = models.DateTimeField(null=True, blank=True)
    event_latest_at = models.DateTimeField(null=True, blank=True)
    event_precision = models.CharField(max_length=12, choices=Precision.choices, blank=True)
    event_raw = models.CharField(max_length=200, blank=True)
    event_zone = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200, blank=True)
    place_key = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_precision_m = models.PositiveIntegerField(null=True, blank=True)

    work_state = models.CharField(
        max_length=10, choices=WorkState.choices, default=WorkState.NEW, db_index=True
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_claims",
    )
    state_reason = models.CharField(max_length=500, blank=True)
    # Contributions are counted per round; a publication ends one (rule 3).
    round = models.PositiveIntegerField(default=1)
    slug = models.SlugField(max_length=100, unique=True, null=True, blank=True, default=None)
    publication = models.ForeignKey(
        "claims.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text_folded = models.TextField(blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["-updated_at", "id"], name="claim_touched"),
            models.Index(fields=["work_state", "-updated_at"], name="claim_state_touched"),
            # Everything the list filters by, so that a filter few claims pass is answered from the index alone: one
            # for each order.
            models.Index(
                fields=[
                    *("-updated_at", "id", "work_state", "assignee", "lang"),
                    *("event_earliest_at", "event_latest_at", "incident", "question"),
                ],
                name="claim_list",
            ),
            models.Index(
                fields=[
                    *("-created_at", "id", "work_state", "assignee", "lang"),
                    *("event_earliest_at", "event_latest_at", "incident", "question"),
                ],
                name="claim_list_newest",
            ),
            models.Index(
                fields=[
                    *("event_earliest_at", "id", "work_state", "assignee", "lang"),
                    *("event_latest_at", "incident", "question"),
                ],
                name="claim_list_event",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(work_state__in=WorkState.values), name="claim_work_state_known"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="claim_has_wording"),
            models.CheckConstraint(
                condition=Q(document__isnull=True, start__isnull=True, end__isnull=True)
                | Q(document__isnull=False, start__isnull=False, end__gt=models.F("start")),
                name="claim_span_with_document",
            ),
            models.CheckConstraint(
                condition=Q(event_earliest_at__isnull=True)
                | Q(event_latest_at__isnull=True)
                | Q(event_earliest_at__lte=models.F("event_latest_at")),
                name="claim_event_from_before_to",
            ),
        ]

    @property
    def statement(self) -> str:
        return in_language(self.statement_ar, self.statement_en) or self.wording

    @property
    def answer(self) -> str:
        return in_language(self.answer_ar, self.answer_en)

    @property
    def event_days(self) -> tuple[datetime, datetime] | None:
        if self.event_earliest_at and self.event_latest_at:
            return self.event_earliest_at, self.event_latest_at
        return None


class Comparator(models.TextChoices):
    EQUAL = "eq", _("exactly")
    AT_LEAST = "ge", _("at least")
    AT_MOST = "le", _("at most")
    ABOUT = "approx", _("about")
    SEVERAL = "several", _("several")
    RANGE = "range", _("between")


class Quantity(models.Model):
    """A number in a claim, kept as an interval with its words."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="quantities")
    comparator = models.CharField(max_length=8, choices=Comparator.choices)
    low = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    high = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    raw = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comparator__in=Comparator.values), name="quantity_comparator_known"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=models.F("high")),
                name="quantity_low_before_high",
            ),
        ]


class Contribution(models.Model):
    """Somebody had a hand in a claim in one round of work: they cannot approve what comes of it (rule 3)."""

    # Kept for as long as there is a claim, which a trigger holds: whoever removes the claim removes these after it.
    claim = models.ForeignKey(Claim, on_delete=models.DO_NOTHING, related_name="contributions")
    round = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions")
    first_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "round", "user"], name="contribution_once"),
        ]


class Comment(models.Model):
    """Discussion beside the evidence. Comments are kept; an author may strike one out, which stays visible as such."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="comments")
    evidence = models.ForeignKey(
        "claims.Evidence", on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    body = models.TextField(max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["-created_at"], name="comment_newest")]
