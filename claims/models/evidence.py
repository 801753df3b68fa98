"""Evidence: what bears on a claim; captures: its bytes as we got them; derivatives: what may be shown."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.incident import in_language
from claims.models.row import Row


class EvidenceKind(models.TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")
    NOTE = "note", _("Note")


class Relation(models.TextChoices):
    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Context")


class EvidenceState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("Being captured")
    READY = "ready", _("Ready")
    PARTIAL = "partial", _("Partly captured")
    FAILED = "failed", _("Failed")
    QUARANTINED = "quarantined", _("In quarantine")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def current(self) -> "EvidenceQuerySet":
        return self.filter(retired_at__isnull=True)


class Evidence(Row):
    """Something that bears on a claim. `log` lists the steps of its capture: {step, outcome, detail, at}."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=5, choices=EvidenceKind.choices)
    relation = models.CharField(max_length=8, choices=Relation.choices, default=Relation.SUPPORTS)
    title_ar = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    description_ar = models.TextField(max_length=5000, blank=True)
    description_en = models.TextField(max_length=5000, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    source = models.ForeignKey(
        "claims.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    state = models.CharField(max_length=12, choices=EvidenceState.choices, default=EvidenceState.WAITING)
    log: Any = models.JSONField(default=list, blank=True)
    findings: Any = models.JSONField(default=list, blank=True)
    # Graphic or personal: shown blurred until asked for; may_publish decides whether a redrawn copy goes out.
    is_sensitive = models.BooleanField(default=False)
    may_publish = models.BooleanField(default=True)
    redaction: Any = models.JSONField(default=dict, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.CharField(max_length=500, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name_plural = "evidence"
        indexes = [
            models.Index(
                fields=["-created_at", "id", "retired_at", "kind", "state", "relation"], name="evidence_list"
            ),
            models.Index(fields=["claim", "retired_at"], name="evidence_of_claim"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="evidence_relation_known"),
            models.CheckConstraint(condition=Q(state__in=EvidenceState.values), name="evidence_state_known"),
        ]

    @property
    def title(self) -> str:
        return in_language(self.title_ar, self.title_en) or self.url

    @property
    def description(self) -> str:
        return in_language(self.description_ar, self.description_en)


class CaptureRole(models.TextChoices):
    ORIGINAL = "original", _("Original")
    WARC = "warc", _("Exact exchange (WARC)")
    TEXT = "text", _("Readable text")
    SCREENSHOT = "screenshot", _("Screenshot")
    PDF = "pdf", _("PDF print")
    MEDIA = "media", _("Embedded media")
    FRAME = "frame", _("Key frame")


class Capture(models.Model):
    """The bytes of a piece of evidence as we got them. Never changed or deleted: triggers on both engines (rule 7).

    `facts` holds what was read from or about them (exchange, metadata, hashes of look), as plain JSON.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="captures"
    )
    document = models.ForeignKey(
        "claims.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="captures"
    )
    role = models.CharField(max_length=12, choices=CaptureRole.choices)
    sha256 = models.CharField(max_length=64, db_index=True)
    sha3_512 = models.CharField(max_length=128)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    media_kind = models.CharField(max_length=10)
    file_name = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tool = models.CharField(max_length=120)
    facts: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["captured_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__isnull=False) | Q(document__isnull=False),
                name="capture_belongs_somewhere",
            ),
        ]


class DerivativeKind(models.TextChoices):
    THUMBNAIL = "thumbnail", _("Thumbnail")
    PUBLIC = "public", _("Public copy")
    FRAME = "frame", _("Key frame")


def random_token() -> str:
    """A name that says nothing about the bytes: 128 random bits, URL-safe."""
    return secrets.token_urlsafe(16)


class Derivative(models.Model):
    """Redrawn pixels. Readers get only a PUBLIC one whose evidence a current publication cites."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=40, unique=True, default=random_token)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="derivatives")
    kind = models.CharField(max_length=10, choices=DerivativeKind.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=60)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # Of a key frame: where in the film it stands.
    at_seconds = models.FloatField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)


class Examination(models.Model):
    """What an examination of one capture found; a newer one supersedes, none is changed."""

    id = models.BigAutoField(primary_key=True)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="examinations")
    tool = models.CharField(max_length=120)
    facts: Any = models.JSONField(default=dict)
    examined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-examined_at", "-id"]


class LookPrint(models.Model):
    """The perceptual hashes of one window of a capture, as claims.media.lookalike makes them.

    `coarse` holds its 64 bits as a signed number. Each of the four bands is 16 bits of it, with one more set for the
    whole picture: an index over a band then finds wholes alone, or windows alone, and holds all that is compared.
    Computed from the bytes, so the history does not hold it.
    """

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="look_prints")
    window = models.PositiveSmallIntegerField()
    coarse = models.BigIntegerField()
    fine = models.BinaryField(max_length=32)
    band0 = models.IntegerField()
    band1 = models.IntegerField()
    band2 = models.IntegerField()
    band3 = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=[f"band{n}", "coarse", "id"], name=f"look_print_band{n}") for n in range(4)
        ]


class Observation(models.Model):
    """One look at a cited link after its capture: alive, changed, gone, redirected, soft-gone, blocked."""

    id = models.BigAutoField(primary_key=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="observations")
    outcome = models.CharField(max_length=12)
    detail: Any = models.JSONField(default=dict)
    observed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-observed_at", "-id"]
        indexes = [
            models.Index(fields=["-observed_at", "outcome", "evidence"], name="observation_newest"),
            models.Index(fields=["evidence", "-observed_at", "-id"], name="observation_of_evidence"),
        ]
