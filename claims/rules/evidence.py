"""Evidence: attach, edit, set aside, open the original."""

from claims.errors import Refused
from claims.models import Capture, CaptureRole, Citation, Claim, Evidence, EvidenceState, Role, User
from claims.rules.claim import may_edit_claim
from claims.rules.role import may_use_desk

_PICTURED = [CaptureRole.ORIGINAL, CaptureRole.SCREENSHOT, CaptureRole.MEDIA, CaptureRole.FRAME]


def may_attach(user: User, claim: Claim) -> Refused | None:
    """Whoever may edit the claim."""
    return may_edit_claim(user, claim)


def may_edit_evidence(user: User, evidence: Evidence) -> Refused | None:
    """Whoever may edit its claim."""
    return may_edit_claim(user, evidence.claim)


def may_retire_evidence(user: User, evidence: Evidence) -> Refused | None:
    """Whoever may edit its claim, unless a publication cites it, a withdrawal among them: it cannot be removed."""
    refused = may_edit_claim(user, evidence.claim)
    if refused:
        return refused
    cited = Citation.objects.filter(evidence=evidence, verdict__publication__isnull=False)
    return Refused("cited-by-publication") if cited.exists() else None


def may_open_original(user: User, evidence: Evidence) -> Refused | None:
    """Every colleague; each view is an entry in the custody log."""
    return may_use_desk(user)


def may_export(user: User) -> Refused | None:
    """Every colleague, and whoever has the machine's shell; each export is an entry."""
    return None if user.role == Role.SYSTEM else may_use_desk(user)


def pictures_of(evidence: Evidence) -> list[Capture]:
    """Its pictures, the one it is about first: what was sent in, how a page looked, what it shows; of each the
    newest first."""
    found = [one for one in evidence.captures.all() if one.media_kind == "image" and one.role in _PICTURED]
    newest = sorted(found, key=lambda one: one.captured_at, reverse=True)
    return sorted(newest, key=lambda one: _PICTURED.index(CaptureRole(one.role)))


def is_released(evidence: Evidence) -> bool:
    """Whether a person looked at what made it suspect, and took it out of quarantine.

    What was captured since, which a fetch in the log begins, nobody has looked at.
    """
    good = [line.get("step") for line in evidence.log if line.get("outcome") == "ok"]
    return next((step for step in reversed(good) if step in {"fetch", "released"}), "") == "released"


def may_release(user: User, evidence: Evidence) -> Refused | None:
    """Whoever may edit the claim, while it is in quarantine."""
    refused = may_edit_claim(user, evidence.claim)
    if refused:
        return refused
    return None if evidence.state == EvidenceState.QUARANTINED else Refused("not-quarantined")
