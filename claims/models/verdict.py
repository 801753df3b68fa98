"""Verdicts, the second person's review of them, and what the public saw."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Contribution
from claims.models.incident import in_language
from claims.models.person import Role, User
from claims.models.row import Row


class Value(models.TextChoices):
    """Exactly one of three (rule 1)."""

    CONFIRMED = "confirmed", _("Confirmed")
    DENIED = "denied", _("Denied")
    UNVERIFIED = "unverified", _("Unverified")


class VerdictState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class VerdictKind(models.TextChoices):
    """What publishing this revision does to the page."""

    VERDICT = "verdict", _("Verdict")
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def awaiting(self, user: User) -> "VerdictQuerySet":
        """Submitted revisions this reviewer may decide on; says the same as rules.verdict.may_decide."""
        hand = Contribution.objects.filter(claim=OuterRef("claim"), round=OuterRef("round"), user=user)
        waiting = self.filter(state=VerdictState.SUBMITTED).exclude(submitted_by=user)
        return waiting.filter(~Exists(hand)) if user.role == Role.REVIEWER else self.none()


class Verdict(Row):
    """One revision of what we say about a claim.

    A draft is worked on; submitting freezes it with `snapshot` (canonical JSON of everything a reviewer approves)
    and its SHA-256. A material edit afterwards returns it and opens the next revision.
    """

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="verdicts")
    revision = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    kind = models.CharField(max_length=13, choices=VerdictKind.choices, default=VerdictKind.VERDICT)
    value = models.CharField(max_length=10, choices=Value.choices)
    state = models.CharField(max_length=10, choices=VerdictState.choices, default=VerdictState.DRAFT)
    reason_ar = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=300, blank=True)
    rationale_ar = models.TextField(max_length=20_000, blank=True)
    rationale_en = models.TextField(max_length=20_000, blank=True)
    would_settle_ar = models.TextField(max_length=2000, blank=True)
    would_settle_en = models.TextField(max_length=2000, blank=True)
    # Published reason for confirming with fewer than two independent origins, or parties only (rule 2).
    exception_ar = models.TextField(max_length=2000, blank=True)
    exception_en = models.TextField(max_length=2000, blank=True)
    # Published: what changed and why, for everything after the first publication.
    change_ar = models.TextField(max_length=2000, blank=True)
    change_en = models.TextField(max_length=2000, blank=True)
    snapshot = models.TextField(blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_verdicts",
    )
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "-revision"]
        indexes = [
            models.Index(fields=["state", "value", "claim"], name="verdict_by_state"),
            models.Index(fields=["state", "submitted_at", "id"], name="verdict_submitted"),
            models.Index(fields=["state", "-updated_at"], name="verdict_touched"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "revision"], name="verdict_revision_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=["draft", "submitted", "approved"]),
                name="verdict_one_in_work",
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state="published"), name="verdict_one_published"
            ),
            models.CheckConstraint(condition=Q(value__in=Value.values), name="verdict_value_one_of_three"),
            models.CheckConstraint(condition=Q(state__in=VerdictState.values), name="verdict_state_known"),
            models.CheckConstraint(condition=Q(kind__in=VerdictKind.values), name="verdict_kind_known"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (~Q(content_sha256="") & ~Q(snapshot="") & Q(submitted_by__isnull=False)),
                name="verdict_frozen_once_submitted",
            ),
        ]

    @property
    def reason(self) -> str:
        return in_language(self.reason_ar, self.reason_en)

    @property
    def rationale(self) -> str:
        return in_language(self.rationale_ar, self.rationale_en)

    @property
    def would_settle(self) -> str:
        return in_language(self.would_settle_ar, self.would_settle_en)

    @property
    def exception(self) -> str:
        return in_language(self.exception_ar, self.exception_en)

    @property
    def change(self) -> str:
        return in_language(self.change_ar, self.change_en)


class Citation(models.Model):
    """A piece of evidence a verdict revision rests on."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="citations")
    evidence = models.ForeignKey("claims.Evidence", on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["verdict", "evidence"], name="citation_once")]


class Decision(models.TextChoices):
    APPROVE = "approve", _("Approved")
    RETURN = "return", _("Returned")


class Review(models.Model):
    """One person's decision on one exact revision. Never changed; a contributor's is refused by a trigger (rule 3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="reviews")
    content_sha256 = models.CharField(max_length=64)
    decision = models.CharField(max_length=7, choices=Decision.choices)
    note = models.TextField(max_length=5000, blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["verdict"], name="review_one_decision"),
            models.CheckConstraint(
                condition=~Q(reviewer=models.F("proposer")), name="review_by_a_second_person"
            ),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_known"),
            models.CheckConstraint(
                condition=~Q(decision="return") | ~Q(note=""), name="review_return_says_why"
            ),
        ]


class PublicationQuerySet(models.QuerySet["Publication"]):
    def pages(self) -> "PublicationQuerySet":
        return self.exclude(kind=VerdictKind.WITHDRAWAL)


class Publication(models.Model):
    """What the public saw, from `published_at` until the next one.

    `snapshot` is all of it, in both languages, as canonical JSON: every published state can be shown again as it
    stood. Never updated or deleted (rule 7).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="publications")
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="publication")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=100)
    kind = models.CharField(max_length=13, choices=VerdictKind.choices)
    value = models.CharField(max_length=10, choices=Value.choices)
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)
    text_folded = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-number"]
        indexes = [models.Index(fields=["slug", "-number"], name="publication_newest_of_slug")]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="publication_number_once"),
            models.CheckConstraint(
                condition=Q(value__in=Value.values), name="publication_value_one_of_three"
            ),
        ]
