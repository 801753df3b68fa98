"""A page to capture, and the way from its address to what is kept of it."""

from claims.actions import evidence as actions
from claims.archive.fetch import Policy
from claims.archive.wire import Limits
from tests import make

WORDS = "قالت مصادر محلية إن طائرات مجهولة قصفت مواقع في محيط حقل العمر شرقي دير الزور. " * 4
PAGE = f"<html><title>قصف</title><article><h1>قصف</h1><p>{WORDS}</p><img src=/a.jpg></article></html>"
QUICK = Policy(limits=Limits(seconds=5, idle_seconds=2))


def captured(url, actor=None):
    amal = actor or make.user("amal")
    row = actions.attach_link(actor=amal, claim_id=make.a_checkable_claim(amal).pk, url=url)
    return settled(row)


def settled(row):
    make.run_jobs("evidence.capture")
    make.run_jobs("evidence.examine")
    row.refresh_from_db()
    return row
