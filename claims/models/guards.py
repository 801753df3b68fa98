"""What no row may become, whoever writes it: conditions that hold on both engines (claims.models.triggers).

Each is a Boolean over OLD and NEW that refuses the statement where it holds. `{differs}` stands for the engine's own
"is not the same, NULL included".
"""

# ruff: noqa: S608 - the conditions are ours, nobody's input is in them

from dataclasses import dataclass

# Tables whose rows stay as they were written, and what must not come twice: neither UPDATE nor DELETE, TRUNCATE nor
# REPLACE.
FROZEN = {
    "claims_entry": ["seq", "prev_sha256", "sha256"],
    "claims_checkpoint": ["id", "seq"],
    "claims_capture": ["id"],
    "claims_review": ["id", "verdict_id"],
    "claims_publication": ["id", "verdict_id", "claim_id, number"],
    "claims_examination": ["id"],
    "claims_observation": ["id"],
    "claims_geolocation": ["id"],
    "claims_chronolocation": ["id"],
    "claims_findingmark": ["id"],
}
# Tables of which some rows or columns stand still: they are not emptied either (PostgreSQL).
PARTLY = ["claims_document", "claims_claim", "claims_contribution", "claims_verdict", "claims_citation"]
NOT_EMPTIED = [*FROZEN, *PARTLY]


@dataclass(frozen=True)
class Guard:
    """One trigger before one kind of write: `words` are said where `when` holds. NEW and OLD are the rows.

    `event` may name columns (UPDATE OF …).
    """

    name: str
    table: str
    event: str
    when: str
    words: str


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns) + ")"


# Rounds end with a publication (claims.actions.publish), so that they can be counted in rows that nobody can change.
_ROUND = "1 + (SELECT count(*) FROM claims_publication p WHERE p.claim_id = {claim})"
_TEXTS = [
    f"{name}_{lang}"
    for name in ("reason", "rationale", "would_settle", "exception", "change")
    for lang in ("ar", "en")
]
_SUBMITTED = ["snapshot", "content_sha256", "value", "kind", "round", "submitted_by_id", "submitted_at"]
_SUBMITTED += ["created_by_id", "created_at"]
# A hand in this round or, where somebody turned the claim's counter, in a later one.
_HAND = """EXISTS (SELECT 1 FROM claims_contribution c JOIN claims_verdict v ON v.claim_id = c.claim_id
             AND c.round >= v.round WHERE v.id = NEW.verdict_id AND c.user_id = NEW.{who})"""
_REVIEWER = (
    "EXISTS (SELECT 1 FROM claims_user u WHERE u.id = NEW.{who} AND u.role = 'reviewer' AND u.is_active)"
)
_STEPS = """(OLD.state = 'draft' AND NEW.state = 'submitted')
            OR (OLD.state = 'submitted' AND NEW.state IN ('returned', 'approved'))
            OR (OLD.state = 'approved' AND NEW.state IN ('returned', 'published', 'withdrawn'))
            OR (OLD.state = 'published' AND NEW.state = 'superseded')"""
_RELAYED = """(NEW.relays_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_attribution a
               WHERE a.id = NEW.relays_id AND a.claim_id = NEW.claim_id AND a.hop = NEW.hop - 1))"""
_NOT_A_DRAFT = "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = {row}.verdict_id AND v.state <> 'draft')"
_VERBATIM = "a passage stands in its document"
_FOREST = "attribution hops form a forest"
_FROZEN_REVISION = "a submitted revision is frozen"


def _misquoted(column: str) -> str:
    return f"""NEW.document_id IS NOT NULL AND NEW.start IS NOT NULL AND NEW.{column} {{differs}} (
        SELECT substr(d.body, NEW.start + 1, NEW."end" - NEW.start) FROM claims_document d
        WHERE d.id = NEW.document_id)"""


GUARDS = [
    Guard("claims_attribution_relays_insert", "claims_attribution", "INSERT", _RELAYED, _FOREST),
    Guard(
        "claims_attribution_relays_update",
        "claims_attribution",
        "UPDATE",
        f"""{_RELAYED} OR ({_changed("hop", "claim_id")}
            AND EXISTS (SELECT 1 FROM claims_attribution c WHERE c.relays_id = NEW.id))""",
        _FOREST,
    ),
    *(
        Guard(f"{table}_verbatim_{event[:6].lower()}", table, event, _misquoted(column), _VERBATIM)
        for table, column in (("claims_claim", "wording"), ("claims_attribution", "verbatim"))
        for event in ("INSERT", f'UPDATE OF document_id, start, "end", {column}')
    ),
    Guard(
        "claims_review_second_person",
        "claims_review",
        "INSERT",
        f"NEW.decision = 'approve' AND {_HAND.format(who='reviewer_id')}",
        "a contributor cannot approve",
    ),
    Guard(
        "claims_review_by_reviewer",
        "claims_review",
        "INSERT",
        f"NOT {_REVIEWER.format(who='reviewer_id')}",
        "only a reviewer decides",
    ),
    Guard(
        "claims_review_exact_revision",
        "claims_review",
        "INSERT",
        f"""NOT EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id AND v.state = 'submitted'
            AND v.content_sha256 = NEW.content_sha256 AND v.submitted_by_id = NEW.proposer_id
            AND v.round = {_ROUND.format(claim="v.claim_id")})""",
        "a review names the revision it decides on",
    ),
    Guard(
        "claims_publication_approved",
        "claims_publication",
        "INSERT",
        """NOT EXISTS (SELECT 1 FROM claims_verdict v JOIN claims_review r ON r.verdict_id = v.id
            WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id AND v.value = NEW.value AND v.kind = NEW.kind
            AND v.state IN ('published', 'withdrawn')
            AND r.decision = 'approve' AND r.content_sha256 = v.content_sha256)""",
        "a publication needs an approval of that revision",
    ),
    Guard(
        "claims_publication_by_reviewer",
        "claims_publication",
        "INSERT",
        f"{_HAND.format(who='published_by_id')} OR NOT {_REVIEWER.format(who='published_by_id')}",
        "only a reviewer without a hand in it publishes",
    ),
    Guard(
        "claims_publication_follows",
        "claims_publication",
        "INSERT",
        f"""NEW.number <> {_ROUND.format(claim="NEW.claim_id")} OR EXISTS (SELECT 1 FROM claims_claim c
            WHERE c.id = NEW.claim_id AND c.slug IS NOT NULL AND c.slug <> NEW.slug)""",
        "publications follow each other at one address",
    ),
    Guard(
        "claims_document_body",
        "claims_document",
        "UPDATE",
        _changed("id", "body", "body_sha256"),
        "a document body is never changed",
    ),
    Guard("claims_document_no_delete", "claims_document", "DELETE", "TRUE", "a document is never deleted"),
    Guard(
        "claims_claim_new",
        "claims_claim",
        "INSERT",
        f"NEW.publication_id IS NOT NULL OR NEW.round <> {_ROUND.format(claim='NEW.id')}",
        "a new claim is not published",
    ),
    Guard(
        "claims_claim_stands",
        "claims_claim",
        "UPDATE",
        f"""{_changed("id")} OR (OLD.slug IS NOT NULL AND {_changed("slug")})
            OR ({_changed("round")} AND NEW.round <> {_ROUND.format(claim="NEW.id")})
            OR ({_changed("publication_id")} AND NOT EXISTS (SELECT 1 FROM claims_publication p
                WHERE p.id = NEW.publication_id AND p.claim_id = NEW.id AND p.number = (
                    SELECT max(q.number) FROM claims_publication q WHERE q.claim_id = NEW.id)))""",
        "a claim shows its newest publication, at one address",
    ),
    Guard(
        "claims_claim_no_delete",
        "claims_claim",
        "DELETE",
        "EXISTS (SELECT 1 FROM claims_publication p WHERE p.claim_id = OLD.id)",
        "a published claim is never deleted",
    ),
    Guard(
        "claims_verdict_new",
        "claims_verdict",
        "INSERT",
        "NEW.state <> 'draft'",
        "a revision begins as a draft",
    ),
    Guard(
        "claims_verdict_frozen",
        "claims_verdict",
        "UPDATE",
        f"""{_changed("id", "claim_id", "revision")}
            OR (OLD.state <> 'draft' AND {_changed(*_SUBMITTED, *_TEXTS)})""",
        _FROZEN_REVISION,
    ),
    Guard(
        "claims_verdict_ways",
        "claims_verdict",
        "UPDATE",
        f"""({_changed("state")} AND NOT ({_STEPS})) OR (NEW.state = 'approved' AND OLD.state <> 'approved'
            AND NOT EXISTS (SELECT 1 FROM claims_review r WHERE r.verdict_id = NEW.id
                AND r.decision = 'approve' AND r.content_sha256 = NEW.content_sha256))""",
        "a revision goes from draft to submitted to approved by a review",
    ),
    Guard("claims_verdict_no_delete", "claims_verdict", "DELETE", "OLD.state <> 'draft'", _FROZEN_REVISION),
    *(
        Guard(
            f"claims_citation_{event.lower()}",
            "claims_citation",
            event,
            " OR ".join(_NOT_A_DRAFT.format(row=row) for row in rows),
            _FROZEN_REVISION,
        )
        for event, rows in {"INSERT": ["NEW"], "UPDATE": ["NEW", "OLD"], "DELETE": ["OLD"]}.items()
    ),
    Guard(
        "claims_contribution_no_update",
        "claims_contribution",
        "UPDATE",
        "TRUE",
        "a hand in a claim is not forgotten",
    ),
    Guard(
        "claims_contribution_no_delete",
        "claims_contribution",
        "DELETE",
        "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = OLD.claim_id)",
        "a hand in a claim is not forgotten",
    ),
]


def _of(row: str, columns: str) -> str:
    return "(" + ", ".join(f"{row}.{column.strip()}" for column in columns.split(",")) + ")"


def _replacing(table: str, *keys: str, also: str = "", name: str = "", words: str = "") -> Guard:
    """SQLite puts a new row in the place of one with the same key. `also` says which of those matter."""
    clash = " OR ".join(f"{_of('held', key)} = {_of('NEW', key)}" for key in keys)
    when = f"EXISTS (SELECT 1 FROM {table} held WHERE ({clash}){also})"
    return Guard(name or f"{table}_no_replace", table, "INSERT", when, words or f"{table} is append-only")


# SQLite only: PostgreSQL has no REPLACE.
NOT_REPLACED = [
    *(_replacing(table, *keys) for table, keys in FROZEN.items()),
    _replacing("claims_document", "id", words="a document body is never changed"),
    _replacing("claims_claim", "id", "slug", words="a claim is not replaced"),
    _replacing(
        "claims_contribution", "id", "claim_id, round, user_id", words="a hand in a claim is not forgotten"
    ),
    _replacing("claims_citation", "id", "verdict_id, evidence_id", words=_FROZEN_REVISION),
    _replacing(
        "claims_verdict",
        "id",
        "claim_id, revision",
        also=" AND held.state <> 'draft'",
        words=_FROZEN_REVISION,
    ),
    _replacing(
        "claims_verdict",
        "claim_id",
        also=" AND held.state IN ('submitted', 'approved')",
        name="claims_verdict_one_in_work",
        words="another revision is under way",
    ),
]
