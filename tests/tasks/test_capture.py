"""Capturing links and watching them, over a server of the test's own behind made-up public names."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from claims import jobs
from claims.actions import evidence as actions
from claims.actions import verdict
from claims.archive.configured import store
from claims.archive.wayback import Copy
from claims.archive.wire import FetchFailed
from claims.errors import NotAllowed
from claims.jobs import lease
from claims.jobs.turns import PER_HOST
from claims.models import Capture, EvidenceState, Job, Observation, Role
from claims.tasks import watch, wayback
from claims.tasks.run import carry_out
from tests import make
from tests.archive.hostile import TestNet, answer
from tests.tasks.pages import PAGE, captured, settled

pytestmark = pytest.mark.django_db
GONE = "<title>x</title><p>عذراً، الصفحة غير موجودة</p>".encode()
SILENCE = lambda head, sock: None  # noqa: E731 - the connection is closed without an answer


def test_a_link_becomes_page_text_media_and_exchange_with_a_log_of_steps(web):
    row = captured("http://news.example/a")
    assert row.state == EvidenceState.READY
    assert {c.role for c in row.captures.all()} == {"original", "warc", "text", "media"}
    assert [line["step"] for line in row.log] == ["fetch", "text", "media", "exchange"]
    page = row.captures.get(role="original")
    assert (
        page.facts["status"] == 200
        and page.facts["hops"][0]["address"]
        and page.captured_by == row.created_by
    )


def test_what_was_captured_is_examined_afterwards(web):
    row = captured("http://news.example/a")
    assert row.state == EvidenceState.READY
    media = row.captures.get(role="media")
    assert {copy.kind for copy in media.derivatives.all()} == {"thumbnail", "public"}
    assert "حقل العمر" in row.captures.get(role="text").examinations.get().facts["text"]


def test_a_part_that_fails_makes_it_partial_and_says_which(web):
    del web[b"/a.jpg"]
    row = captured("http://news.example/a")
    assert row.state == EvidenceState.PARTIAL
    assert [line["reason"] for line in row.log if line["outcome"] == "failed"] == ["not-found"]


@pytest.mark.parametrize("url", ["http://inside.example/a", "http://10.0.0.1/", "http://nowhere.example/"])
def test_d14_a_refusal_reads_the_same_whatever_is_behind_the_address(web, url):
    row = captured(url)
    assert row.state == EvidenceState.FAILED and not row.captures.exists()
    (line,) = row.log
    assert (line["reason"], line["facts"]) == ("address-refused", {})


def test_a_second_capture_leaves_the_first_untouched(web):
    row = captured("http://news.example/a")
    before = set(row.captures.values_list("pk", flat=True))
    actions.recapture_evidence(actor=row.created_by, evidence_id=row.pk)
    settled(row)
    assert before < set(row.captures.values_list("pk", flat=True))


def test_nothing_counts_as_captured_before_it_was_examined(web):
    amal = make.user("amal")
    made = make.a_checkable_claim(amal)
    row = actions.attach_link(actor=amal, claim_id=made.pk, url="http://news.example/a")
    make.run_jobs("evidence.capture")
    draft = make.a_draft(amal, made, evidence_ids=[row.pk])
    with pytest.raises(NotAllowed) as refused:
        verdict.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    assert refused.value.facts["missing"] == ["evidence-captured"]


def test_a_capture_that_succeeds_after_one_that_failed_is_whole(web):
    page, web[b"/a"] = web[b"/a"], SILENCE
    row = captured("http://news.example/a")
    assert row.state == EvidenceState.FAILED
    web[b"/a"] = page
    actions.recapture_evidence(actor=row.created_by, evidence_id=row.pk)
    assert settled(row).state == EvidenceState.READY


def test_a_later_try_that_brings_nothing_leaves_what_is_kept_and_citable(web):
    row, _ = cited(web)
    before = row.captures.count()
    web[b"/a"] = SILENCE
    actions.recapture_evidence(actor=row.created_by, evidence_id=row.pk)
    assert settled(row).state == EvidenceState.PARTIAL
    assert (row.captures.count(), row.log[-1]["outcome"]) == (before, "failed")
    draft = row.claim.verdicts.get(state="draft")
    verdict.submit_verdict(actor=row.created_by, verdict_id=draft.pk, version=draft.version)


def test_an_archive_that_failed_to_copy_a_link_says_nothing_of_our_capture(web):
    from claims.actions.capture import record_step

    row = captured("http://news.example/a")
    record_step(evidence_id=row.pk, line={"step": "wayback", "outcome": "failed", "detail": "", "at": ""})
    row.refresh_from_db()
    actions.redact_evidence(actor=row.created_by, evidence_id=row.pk, version=row.version, crop=None, blur=[])
    assert settled(row).state == EvidenceState.READY


def test_an_examination_does_not_say_ready_while_another_capture_is_asked_for(web):
    amal = make.user("amal")
    row = actions.attach_link(actor=amal, claim_id=make.a_claim(amal).pk, url="http://news.example/a")
    make.run_jobs("evidence.capture")
    job, handler = lease.begin(Job.objects.get(name="evidence.examine").pk)
    examined = handler.work(job, **job.args)
    actions.recapture_evidence(actor=amal, evidence_id=row.pk)
    lease.finish(job, examined)
    row.refresh_from_db()
    assert row.state == EvidenceState.WAITING
    assert settled(row).state == EvidenceState.READY


def cited(web):
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    row = captured("http://news.example/a", amal)
    draft = make.a_draft(amal, row.claim, evidence_ids=[row.pk])
    draft = verdict.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    return row, basim


def look_again(row):
    jobs.ask("evidence.watch-due")
    make.run_jobs("evidence.watch-due")
    make.run_jobs("evidence.watch")
    newest = Observation.objects.filter(evidence=row).first()
    return newest.outcome if newest else None


def test_a_cited_link_that_stands_as_it_was_is_alive(web):
    row, _ = cited(web)
    assert look_again(row) == "alive"


@pytest.mark.parametrize(
    "now, outcome",
    [
        (answer(b"", "404 Not Found"), "gone"),
        (answer(GONE), "soft-gone"),
        (answer(PAGE.replace("قصف", "نفي").encode() * 2), "changed"),
        (answer(b"", "302 Found", Location="/elsewhere/b"), "gone"),
    ],
)
def test_a_cited_link_that_changed_is_told_and_the_capture_stays(web, now, outcome):
    row, _ = cited(web)
    before = list(Capture.objects.filter(evidence=row).values_list("sha256", flat=True))
    web[b"/a"] = now
    assert look_again(row) == outcome
    assert list(Capture.objects.filter(evidence=row).values_list("sha256", flat=True)) == before


def look_once_more(row, monkeypatch, hours):
    """A look so many hours later."""
    then = timezone.now() + timedelta(hours=hours)
    monkeypatch.setattr(timezone, "now", lambda: then)
    job = Job.objects.filter(name="evidence.watch").first()
    writes = watch.watch(job, evidence=str(row.pk))
    if writes:
        writes()
    return Observation.objects.filter(evidence=row).first().outcome


def test_a_name_that_leads_nowhere_is_gone_only_when_it_did_so_twice_half_a_day_apart(web, monkeypatch):
    """Or our resolver's bad quarter of an hour would lead readers away from every source there is."""
    row, _ = cited(web)
    monkeypatch.setattr(watch, "net", lambda: TestNet(None, names={"news.example": []}))
    assert look_again(row) == "unreachable"
    assert look_once_more(row, monkeypatch, 1) == "unreachable"
    assert look_once_more(row, monkeypatch, 12) == "gone"
    assert look_once_more(row, monkeypatch, 200) == "gone"


def test_the_text_of_a_capture_is_what_the_next_look_compares_with(web):
    row = captured("http://news.example/a")
    text = row.captures.get(role="text")
    with store().open(text.sha256) as kept:
        assert "حقل العمر" in kept.read().decode()
    assert watch.known_of(row)[1] == "http://news.example/a"


def test_publishing_has_the_cited_links_looked_at(web):
    from claims.actions import publish

    row, basim = cited(web)
    revision = row.claim.verdicts.get()
    verdict.approve_verdict(actor=basim, verdict_id=revision.pk, content_sha256=revision.content_sha256)
    publish.publish_verdict(actor=basim, verdict_id=revision.pk, content_sha256=revision.content_sha256)
    make.run_jobs("publication.announce")
    assert Job.objects.filter(name="evidence.watch", args__evidence=str(row.pk)).exists()


def test_readers_are_led_to_the_captured_text_only_once_the_source_has_gone(web, client):
    from claims.actions import publish

    row, basim = cited(web)
    revision = row.claim.verdicts.get()
    verdict.approve_verdict(actor=basim, verdict_id=revision.pk, content_sha256=revision.content_sha256)
    made = publish.publish_verdict(
        actor=basim, verdict_id=revision.pk, content_sha256=revision.content_sha256
    )
    page, kept = f"/en/verdicts/{made.slug}/", f"/en/verdicts/{made.slug}/evidence/1/"
    assert kept not in client.get(page).content.decode() and client.get(kept).status_code == 404
    web[b"/a"] = answer(b"", "404 Not Found")
    look_again(row)
    cache.clear()  # the kept page runs out
    assert kept in client.get(page).content.decode()
    assert "حقل العمر" in client.get(kept).content.decode()


def test_without_keys_nobody_else_is_asked_for_a_copy(web):
    captured("http://news.example/a")
    assert not Job.objects.filter(name__startswith="evidence.wayback").exists()


def test_with_keys_a_bad_certificate_of_the_archive_gets_nothing_of_ours(web, settings):
    settings.WAYBACK_ACCESS_KEY = settings.WAYBACK_SECRET_KEY = "k"
    row = captured("http://news.example/a")
    (job,) = Job.objects.filter(name="evidence.wayback")
    with pytest.raises(FetchFailed):
        wayback.wayback_ask(job, evidence=str(row.pk))


@pytest.mark.parametrize("state, outcome", [("success", "ok"), ("error", "failed")])
def test_with_keys_what_the_archive_answers_is_kept_in_the_log(web, settings, monkeypatch, state, outcome):
    settings.WAYBACK_ACCESS_KEY = settings.WAYBACK_SECRET_KEY = "k"
    told = Copy(state, "spn2-1", "https://web.archive.org/web/2022/x", answer='{"status": "it"}')
    monkeypatch.setattr(wayback.wayback, "ask", lambda *args, **more: Copy("pending", "spn2-1"))
    monkeypatch.setattr(wayback.wayback, "progress", lambda *args, **more: told)
    row = captured("http://news.example/a")
    make.run_jobs("evidence.wayback")
    Job.objects.filter(name="evidence.wayback-answer").update(due_at=timezone.now())
    make.run_jobs("evidence.wayback-answer")
    row.refresh_from_db()
    line = row.log[-1]
    assert (line["step"], line["outcome"], line["facts"]["answer"]) == ("wayback", outcome, told.answer)


def at_host(host):
    """A capture of somebody's that is under way at a host and holds a place there."""
    job, _handler = lease.begin(jobs.ask("evidence.capture", queue="archive", host=host, evidence="").pk)
    assert jobs.host_has_place(job, host)
    return job


def test_d16_a_capture_led_to_a_host_where_enough_others_are_waits_and_is_not_a_failure(web):
    web[b"/short"] = answer(b"", "302 Found", Location="http://busy.example/a")
    others = [at_host("busy.example") for _ in range(PER_HOST)]
    amal = make.user("amal")
    row = actions.attach_link(
        actor=amal, claim_id=make.a_checkable_claim(amal).pk, url="http://short.example/short"
    )
    waiting = Job.objects.get(name="evidence.capture", host="short.example")
    carry_out(*lease.begin(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == ("ready", 0) and "this host" in waiting.last_error
    assert not row.captures.exists()
    lease.finish(others[0], None)
    Job.objects.filter(pk=waiting.pk).update(due_at=timezone.now())
    carry_out(*lease.begin(waiting.pk))
    make.run_jobs("evidence.examine")
    row.refresh_from_db()
    assert row.state == EvidenceState.READY and row.captures.filter(role="original").exists()


def test_d16_pictures_from_a_busy_host_do_not_stop_the_page(web):
    web[b"/far"] = answer(PAGE.replace("/a.jpg", "http://busy.example/a.jpg").encode())
    for _ in range(PER_HOST):
        at_host("busy.example")
    assert captured_at("http://news.example/far").state == EvidenceState.READY


def captured_at(url):
    amal = make.user("amal")
    row = actions.attach_link(actor=amal, claim_id=make.a_checkable_claim(amal).pk, url=url)
    carry_out(*lease.begin(Job.objects.get(name="evidence.capture", host="news.example").pk))
    make.run_jobs("evidence.examine")
    row.refresh_from_db()
    return row
