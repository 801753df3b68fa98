"""Sources: who can say something, and by which names they are known."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from claims.models.row import Language, Row


class SourceKind(models.TextChoices):
    AGENCY = "agency", _("News agency")
    STATE_AGENCY = "state_agency", _("State agency")
    BROADCASTER = "broadcaster", _("Broadcaster")
    NEWSPAPER = "newspaper", _("Newspaper")
    MONITORING_GROUP = "monitoring_group", _("Monitoring group")
    RESCUE_ORGANISATION = "rescue_organisation", _("Rescue organisation")
    LOCAL_NETWORK = "local_network", _("Local network")
    LOCAL_AGENCY = "local_agency", _("Local agency")
    MILITARY = "military", _("Military")
    ARMED_GROUP = "armed_group", _("Armed group")
    MINISTRY = "ministry", _("Ministry")
    OFFICIAL = "official", _("Official")
    SOCIAL_ACCOUNT = "social_account", _("Social account")
    EYEWITNESS = "eyewitness", _("Eyewitness")
    SECURITY_SERVICE = "security_service", _("Security service")
    MEDICAL_NETWORK = "medical_network", _("Medical network")
    UNNAMED = "unnamed", _("Unnamed")


class SourceQuerySet(models.QuerySet["Source"]):
    def active(self) -> "SourceQuerySet":
        return self.filter(retired_at__isnull=True)

    def named(self) -> "SourceQuerySet":
        return self.exclude(kind=SourceKind.UNNAMED)


class Source(Row):
    """Who can say something. An unnamed source ("local sources") belongs to one document, and is never an origin."""

    slug = models.SlugField(max_length=80, unique=True)
    name_ar = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=24, choices=SourceKind.choices)
    country = models.CharField(max_length=40, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    interest = models.TextField(max_length=2000, blank=True)
    is_party = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    document = models.ForeignKey(
        "claims.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="unnamed_sources"
    )
    notes = models.TextField(max_length=5000, blank=True)
    names_folded = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name_en", "slug"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="source_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(name_ar="") | ~models.Q(name_en=""), name="source_has_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="source_not_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page, else the other one."""
        if (get_language() or "ar").startswith("en"):
            return self.name_en or self.name_ar
        return self.name_ar or self.name_en

    @property
    def is_unnamed(self) -> bool:
        return self.kind == SourceKind.UNNAMED


class Alias(models.Model):
    """Another name of a source. The folded form is unique: one name, one source."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    lang = models.CharField(max_length=5, choices=Language.choices, default=Language.ARABIC)
    folded = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["id"]


class Platform(models.TextChoices):
    X = "x", "X"
    TELEGRAM = "telegram", "Telegram"
    FACEBOOK = "facebook", "Facebook"
    YOUTUBE = "youtube", "YouTube"
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    WEBSITE = "website", _("Website")


class Account(models.Model):
    """A handle of a source on a platform; a handle from memory stays marked until somebody checks it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="accounts")
    platform = models.CharField(max_length=30)
    handle = models.CharField(max_length=120)
    checked = models.BooleanField(default=False)

    class Meta:
        ordering = ["platform", "handle"]
        constraints = [models.UniqueConstraint(fields=["platform", "handle"], name="account_once")]
