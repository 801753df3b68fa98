"""The tables. `claims.models.history` is loaded but not re-exported: only actions.history and the read views use it."""

from claims.models import history as history
from claims.models.attribution import Attribution, Stance
from claims.models.claim import Claim, Comment, Comparator, Contribution, Precision, Quantity, WorkState
from claims.models.document import Document, DocumentKind, Proposal, ProposalState
from claims.models.evidence import (
    Capture,
    CaptureRole,
    Derivative,
    DerivativeKind,
    Evidence,
    EvidenceKind,
    EvidenceState,
    Examination,
    LookPrint,
    Observation,
    Relation,
)
from claims.models.incident import Incident, Question
from claims.models.job import Job, JobState
from claims.models.judgement import Chronolocation, Confidence, FindingMark, Geolocation, Mark
from claims.models.person import ApiToken, Role, User
from claims.models.row import Language
from claims.models.source import Account, Alias, Platform, Source, SourceKind
from claims.models.verdict import (
    Citation,
    Decision,
    Publication,
    Review,
    Value,
    Verdict,
    VerdictKind,
    VerdictState,
)

__all__ = [
    "Account",
    "Alias",
    "ApiToken",
    "Attribution",
    "Capture",
    "CaptureRole",
    "Chronolocation",
    "Citation",
    "Claim",
    "Comment",
    "Comparator",
    "Confidence",
    "Contribution",
    "Decision",
    "Derivative",
    "DerivativeKind",
    "Document",
    "DocumentKind",
    "Evidence",
    "EvidenceKind",
    "EvidenceState",
    "Examination",
    "FindingMark",
    "Geolocation",
    "Incident",
    "Job",
    "JobState",
    "Language",
    "LookPrint",
    "Mark",
    "Observation",
    "Platform",
    "Precision",
    "Proposal",
    "ProposalState",
    "Publication",
    "Quantity",
    "Question",
    "Relation",
    "Review",
    "Role",
    "Source",
    "SourceKind",
    "Stance",
    "User",
    "Value",
    "Verdict",
    "VerdictKind",
    "VerdictState",
    "WorkState",
]
