"""`doctor`: nothing wrong on a sound installation; what is broken is named, and the rest is still looked at."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from claims import jobs
from claims.models import Job, triggers
from tests.servers import free_port

pytestmark = pytest.mark.django_db


def examined(code: int) -> dict[str, tuple[str, str]]:
    out = StringIO()
    if code:
        with pytest.raises(SystemExit) as ended:
            call_command("doctor", "--json", stdout=out)
        assert ended.value.code == code
    else:
        call_command("doctor", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["ok"] == (code == 0)
    return {part["part"]: (part["state"], part["told"]) for part in told["parts"]}


def test_a_sound_installation_has_nothing_wrong_and_says_what_it_goes_without(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    found = examined(0)
    assert {found[part][0] for part in ("database", "triggers", "evidence", "keys", "jobs")} == {"ok"}
    assert {found[part][0] for part in ("redis", "chromium", "ffmpeg", "pdftotext")} == {"off"}


def test_missing_guards_are_named():
    triggers.remove(connection)
    state, told = examined(1)["triggers"]
    assert state == "wrong" and "claims_entry_no_" in told


def test_a_redis_that_is_away_is_wrong_and_the_rest_is_still_looked_at(monkeypatch):
    monkeypatch.setattr(settings, "REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    found = examined(1)
    assert found["redis"][0] == "wrong"
    assert found["jobs"][0] == "ok"


def test_jobs_that_nobody_takes_are_wrong():
    job = jobs.ask("upkeep.tidy")
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(hours=1))
    assert "Does a worker run?" in examined(1)["jobs"][1]


def test_a_schedule_that_fell_silent_is_wrong():
    job = jobs.ask("upkeep.tidy", dedup_key="schedule:tidy")
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(hours=3), state="done")
    assert "Does beat run?" in examined(1)["schedule"][1]


def test_a_key_others_can_read_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    key = Path(tmp_path, "checkpoint_key")
    key.write_text("k")
    key.chmod(0o644)
    assert "checkpoint_key" in examined(1)["keys"][1]
