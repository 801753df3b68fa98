"""Documents: what was published, unchanged, and the claims proposed out of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.row import Language, Row


class DocumentKind(models.TextChoices):
    ARTICLE = "article", _("Article")
    POST = "post", _("Post")
    STATEMENT = "statement", _("Statement")
    VIDEO = "video", _("Video")
    OTHER = "other", _("Other")


class Document(Row):
    """A published text. `body` is never changed: every span of every claim counts code points into it (rule 6)."""

    kind = models.CharField(max_length=12, choices=DocumentKind.choices, default=DocumentKind.ARTICLE)
    title = models.CharField(max_length=500, blank=True)
    body = models.TextField(max_length=1_000_000)
    body_sha256 = models.CharField(max_length=64)
    lang = models.CharField(max_length=5, choices=Language.choices, default=Language.ARABIC)
    url = models.URLField(max_length=2000, blank=True)
    publisher = models.ForeignKey(
        "claims.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    published_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=60, default="Asia/Damascus")
    incident = models.ForeignKey(
        "claims.Incident", on_delete=models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    # How far the reading engine is: nothing, reading, read; the fraction is shown while a long text is read.
    reading_state = models.CharField(
        max_length=10,
        choices=[("waiting", "waiting"), ("reading", "reading"), ("read", "read"), ("failed", "failed")],
        default="waiting",
    )
    reading_progress = models.FloatField(default=0)

    class Meta:
        ordering = ["-created_at"]


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    MERGED = "merged", _("Merged into another")
    SPLIT = "split", _("Split")


class Proposal(models.Model):
    """A claim the engine or an editor marked in a document; nothing is a claim until someone accepts it.

    `reading` keeps what the engine read (chain, stance, quantities, event, places, why) as plain JSON, with any
    edits the editor made before accepting.
    """

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="proposals")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    wording = models.TextField(max_length=20_000)
    reading: Any = models.JSONField(default=dict)
    edits: Any = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    by_hand = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    claim = models.ForeignKey(
        "claims.Claim", on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start", "end", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="proposal_span_not_empty"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ProposalState.values), name="proposal_state_known"
            ),
        ]
