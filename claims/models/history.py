"""The append-only, hash-chained history. Written by actions.history alone; read by the history views."""

from typing import Any

from django.db import models


class Entry(models.Model):
    """One line of the history. `body` is the canonical JSON that was hashed; other columns repeat parts of it.

    `sha256` = SHA-256 of tag, previous hash and body (claims.ledger.chain). Never updated or deleted (rule 7).
    """

    seq = models.BigIntegerField(primary_key=True)
    prev_sha256 = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    action = models.CharField(max_length=40, db_index=True)
    actor_id = models.UUIDField(db_index=True)
    claim_id = models.UUIDField(null=True, blank=True, db_index=True)
    subject_type = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-seq"]
        verbose_name_plural = "entries"


class Checkpoint(models.Model):
    """A Merkle root over the history up to `seq`, signed, for publishing. Never updated or deleted.

    `publications_sha256` is the root over the snapshots published until then, which readers can check by themselves;
    `stamps` lists {authority, stamped_at, serial, answer} or {authority, error}.
    """

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    root_sha256 = models.CharField(max_length=64)
    head_sha256 = models.CharField(max_length=64)
    n_publications = models.PositiveIntegerField(default=0)
    publications_sha256 = models.CharField(max_length=64, blank=True)
    stamps: Any = models.JSONField(default=list, blank=True)
    signature = models.CharField(max_length=200, blank=True)
    public_key = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-seq"]
