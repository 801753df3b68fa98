"""The whole illustration, in the order a newsroom would have worked."""

from claims.actions.person import system_user
from claims.management.demo.capture import settle_evidence
from claims.management.demo.claim import log_claims
from claims.management.demo.desk import share_out
from claims.management.demo.document import add_documents, finish_triage
from claims.management.demo.evidence import attach_evidence
from claims.management.demo.incident import open_incidents
from claims.management.demo.people import bring_people
from claims.management.demo.source import bring_publisher, bring_unnamed
from claims.management.demo.stage import Stage
from claims.management.demo.verdict import walk_verdicts
from claims.management.registry import load_registry


def load_demo() -> Stage:
    """What stands once it is loaded. Loading again adds only what is missing and changes nothing that is there."""
    stage = Stage(people=bring_people())
    load_registry(system_user())
    open_incidents(stage)
    add_documents(stage, bring_publisher(stage))
    bring_unnamed(stage)
    log_claims(stage)
    finish_triage(stage)
    attach_evidence(stage)
    settle_evidence(stage)
    walk_verdicts(stage)
    share_out(stage)
    return stage
