"""Jobs: background work asked for, stored with the change that asked for it (rule 9)."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    READY = "ready", _("Waiting")
    SENT = "sent", _("Sent")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    PARKED = "parked", _("Parked")


class Job(models.Model):
    """A unit of work, not started before `due_at`.

    `token` is a fence: only its holder may finish the job, and after `lease_until` another may take it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    args: Any = models.JSONField(default=dict)
    args_version = models.PositiveSmallIntegerField(default=1)
    queue = models.CharField(max_length=20, default="default")
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=36, blank=True)
    dedup_key = models.CharField(max_length=120, null=True, blank=True, default=None)  # noqa: DJ001 - unique, and NULLs do not collide
    progress = models.FloatField(default=0)
    step = models.CharField(max_length=80, blank=True)
    # Turns (claims.jobs.turns): jobs of a queue go out by `turn`; a running one holds a place of its host and asker.
    turn = models.BigIntegerField(default=0, db_default=0)
    host = models.CharField(max_length=255, blank=True, default="", db_default="")
    host_place = models.PositiveSmallIntegerField(null=True, blank=True)
    asker_place = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.TextField(max_length=4000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(
                fields=["queue", "state", "due_at"],
                name="job_live",
                condition=Q(state__in=["ready", "sent", "running"]),
            ),
            models.Index(fields=["queue", "turn", "due_at"], name="job_turns", condition=Q(state="ready")),
            # The last turn of a person and the one that has been reached, read off the end of an index.
            models.Index(fields=["queue", "asked_by", "turn"], name="job_last_turn"),
            models.Index(fields=["queue", "turn", "state"], name="job_turn_reached"),
            models.Index(
                fields=["lease_until"], name="job_leased", condition=Q(state__in=["sent", "running"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedup_key"], condition=Q(state__in=["ready", "sent"]), name="job_waits_once"
            ),
            models.UniqueConstraint(fields=["dedup_key"], condition=Q(state="running"), name="job_runs_once"),
            models.UniqueConstraint(
                fields=["host", "host_place"], condition=Q(state="running"), name="job_place_at_host_once"
            ),
            models.UniqueConstraint(
                fields=["asked_by", "asker_place"],
                condition=Q(state="running"),
                name="job_place_of_asker_once",
            ),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
        ]
