"""What stands on the stage while the illustration is loaded: rows by the keys the data files use."""

from dataclasses import dataclass, field

from claims.models import Claim, Document, Evidence, Incident, Question, Source, User


@dataclass
class Stage:
    """Rows made or found so far. `sources` holds only those of the illustration; others go by their slug.

    `fresh` are the keys of documents that this load added.
    """

    people: dict[str, User]
    sources: dict[str, Source] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
