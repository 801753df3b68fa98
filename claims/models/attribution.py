"""Attribution: one hop of "who said so". Hops form chains; the last hop is the origin."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.row import Row


class Stance(models.TextChoices):
    ASSERTS = "asserts", _("Asserts")
    DENIES = "denies", _("Denies")
    ESTIMATES = "estimates", _("Estimates")
    NO_COMMENT = "no_comment", _("No comment")


class AttributionQuerySet(models.QuerySet["Attribution"]):
    def origins(self) -> "AttributionQuerySet":
        """Last hops of their chains."""
        return self.filter(relays__isnull=True)

    def outermost(self) -> "AttributionQuerySet":
        """Hops nobody else relays: what the reader read."""
        return self.filter(relayed_by__isnull=True)


class Attribution(Row):
    """One hop. `relays` points towards the origin; `hop` counts the steps to it: no cycle can be written (rule 5)."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="attributions")
    source = models.ForeignKey("claims.Source", on_delete=models.PROTECT, related_name="attributions")
    relays = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="relayed_by"
    )
    hop = models.PositiveSmallIntegerField(default=0)
    document = models.ForeignKey(
        "claims.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="attributions"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    verbatim = models.TextField(max_length=20_000, blank=True)
    surface = models.CharField(max_length=300, blank=True)
    verb = models.CharField(max_length=80, blank=True)
    stance = models.CharField(max_length=12, choices=Stance.choices, default=Stance.ASSERTS)
    url = models.URLField(max_length=2000, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_raw = models.CharField(max_length=200, blank=True)

    objects = AttributionQuerySet.as_manager()

    class Meta:
        ordering = ["-hop", "created_at"]
        indexes = [
            # A source's claims, a claim's sources, and a source's newest words, each from the index alone.
            models.Index(fields=["source", "hop", "claim"], name="attribution_of_source"),
            models.Index(fields=["claim", "source"], name="attribution_in_claim"),
            models.Index(fields=["source", "-created_at", "id"], name="attribution_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="attribution_stance_known"),
            models.CheckConstraint(
                condition=Q(relays__isnull=True, hop=0) | Q(relays__isnull=False, hop__gt=0),
                name="attribution_hop_counts_from_origin",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(end__gt=models.F("start")),
                name="attribution_span_not_empty",
            ),
        ]
