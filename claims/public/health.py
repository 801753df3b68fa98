"""Whether this process answers, and whether the workbench can do its work."""

import shutil
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from claims import jobs
from claims.archive.store import LEAST_ROOM
from claims.models import triggers
from claims.public.door import open_to_all
from claims.rules.role import may_administer

UNKEPT = {"Cache-Control": "no-store"}


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so that a slow database does not get the web process killed."""
    return HttpResponse("ok", content_type="text/plain", headers=UNKEPT)


@open_to_all
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether work can be done: 200 or 503; what is wrong is told to admins only."""
    found = _probes()
    status = 200 if all(found["ok"].values()) else 503
    if request.user.is_authenticated and may_administer(request.user) is None:
        return JsonResponse(found, status=status, headers=UNKEPT)
    said = "ready" if status == 200 else "not ready"
    return HttpResponse(said, content_type="text/plain", status=status, headers=UNKEPT)


def _probes() -> dict[str, Any]:
    try:
        gone = triggers.missing(connection)
        waiting = jobs.backlog()
    except DatabaseError:
        return {"ok": {"database": False}}
    room = shutil.disk_usage(settings.DATA_DIR).free
    return {
        "ok": {
            "database": True,
            "triggers": not gone,
            "jobs": not waiting.is_late,
            "store": _store_writes(),
            "room": room > LEAST_ROOM,
        },
        "jobs_waiting": waiting.n_waiting,
        "jobs_parked": waiting.n_parked,
        "oldest_wait_seconds": int(waiting.oldest_wait.total_seconds()),
        "free_bytes": room,
    }


def _store_writes() -> bool:
    if settings.S3_BUCKET:
        return True
    probe = Path(settings.DATA_DIR) / f".probe-{uuid.uuid4().hex}"
    try:
        probe.write_bytes(b"probe")
        probe.unlink()
    except OSError:
        return False
    return True


urls: list[URLPattern] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
