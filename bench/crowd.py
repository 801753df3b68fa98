"""A newsroom after years of work: rows of every kind, written past the actions, the same on every run.

Words come from the labelled articles of the tests, as often as they stand there, so that searches meet common and rare
words of both languages. What is told apart by the bench has an address of its own (`Places`).
"""

import json
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify

from claims.models import (
    Attribution,
    Capture,
    Claim,
    Comment,
    Contribution,
    Derivative,
    Document,
    Evidence,
    Incident,
    Observation,
    Question,
    Source,
    User,
    Verdict,
    triggers,
)
from claims.text.normalise import fold

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "data" / "reading"
BATCH = 2_000
NOW = datetime.now(UTC)
KINDS = ["agency", "state_agency", "monitoring_group", "local_network", "military", "broadcaster"]
STATES = {"new": 15, "open": 25, "in_review": 4, "decided": 46, "on_hold": 6, "rejected": 4}
VERDICTS = {"": 45, "published": 42, "draft": 6, "submitted": 2, "approved": 1, "returned": 4}
VALUES = {"confirmed": 40, "denied": 25, "unverified": 35}


@dataclass(frozen=True)
class Places:
    """People to ask as, and what to ask for."""

    editor: User
    reviewer: User
    admin: User
    sources: list[Source]
    incidents: list[Incident]
    crowded: Incident
    questions: list[Question]
    words: dict[str, list[str]]


class Vocabulary:
    """Sentences of real words, by how often each is used."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        counted: dict[str, Counter[str]] = {"ar": Counter(), "en": Counter()}
        for path in sorted(ARTICLES.glob("*/*.json")):
            article = json.loads(path.read_text(encoding="utf-8"))
            counted[article["lang"]].update(article["text"].split())
        self.words = {lang: [word for word, _ in counts.most_common()] for lang, counts in counted.items()}
        self.weights = {lang: [n for _, n in counts.most_common()] for lang, counts in counted.items()}

    def sentence(self, lang: str, least: int = 8, most: int = 32) -> str:
        n_words = self.chance.randint(least, most)
        return " ".join(self.chance.choices(self.words[lang], self.weights[lang], k=n_words))


def fill(n_claims: int, n_evidence: int) -> None:
    """That many claims and pieces of evidence, with what hangs on them; one incident has 200 claims of 40 sources."""
    with AsWritten(), transaction.atomic():
        _Crowd(n_claims, n_evidence).make()


class AsWritten:
    """Rows keep the times they are given, and begin as what they would have become: the guards stand aside."""

    def __enter__(self) -> None:
        triggers.remove(connection)
        self.fields = [
            (field, name)
            for model in (Claim, Verdict, Evidence, Attribution, Incident, Document, Comment, Observation)
            for field in model._meta.local_fields
            for name in ("auto_now", "auto_now_add")
            if getattr(field, name, False)
        ]
        for field, name in self.fields:
            setattr(field, name, False)

    def __exit__(self, *_: object) -> None:
        for field, name in self.fields:
            setattr(field, name, True)
        triggers.install(connection)


class _Crowd:
    def __init__(self, n_claims: int, n_evidence: int) -> None:
        self.n_claims, self.n_evidence = n_claims, n_evidence
        self.chance = random.Random(7)
        self.talk = Vocabulary(self.chance)

    def make(self) -> None:
        self.people()
        self.ground()
        rows = (self.claim(n) for n in range(self.n_claims))
        for batch in _batches(rows):
            Claim.objects.bulk_create(batch)
            Contribution.objects.bulk_create(
                Contribution(claim=row, round=1, user_id=row.created_by_id) for row in batch
            )
            chains = [self.chain(row) for row in batch]
            Attribution.objects.bulk_create(hops[0] for hops in chains)
            Attribution.objects.bulk_create(hops[1] for hops in chains if len(hops) > 1)
            made = [verdict for row in batch if (verdict := self.verdict(row))]
            Verdict.objects.bulk_create(made)
            Comment.objects.bulk_create(self.comment(row) for row in batch if self.chance.random() < 0.2)
            self.evidence(batch)

    def people(self) -> None:
        roles = ["editor"] * 12 + ["reviewer"] * 6 + ["admin"]
        self.users = [
            User(username=f"{role}{n}", role=role, display_name=f"{role.title()} {n}", is_demo=True)
            for n, role in enumerate(roles)
        ]
        User.objects.bulk_create(self.users)
        self.editors = self.users[:12]

    def ground(self) -> None:
        """Sources, incidents with questions, documents."""
        self.sources = [
            Source(
                slug=f"source-{n}",
                name_ar=self.talk.sentence("ar", 2, 3),
                name_en=self.talk.sentence("en", 2, 3),
                kind=KINDS[n % 6],
            )
            for n in range(80)
        ]
        self.weights = [1 / (n + 1) for n in range(80)]
        self.incidents = [self.incident(n) for n in range(max(10, self.n_claims // 40))]
        self.crowded = self.incidents[0]
        self.questions = {
            row.pk: [self.question(row, n) for n in range(6 if row is self.crowded else 3)]
            for row in self.incidents
        }
        Source.objects.bulk_create(self.sources)
        Incident.objects.bulk_create(self.incidents, batch_size=BATCH)
        Question.objects.bulk_create(
            (one for asked in self.questions.values() for one in asked), batch_size=BATCH
        )
        Document.objects.bulk_create((self.document(n) for n in range(self.n_claims // 20)), batch_size=500)

    def incident(self, n: int) -> Incident:
        ar, en, at = self.talk.sentence("ar", 4, 9), self.talk.sentence("en", 4, 9), self.moment()
        return Incident(
            slug=f"incident-{n}", title_ar=ar, title_en=en, earliest_at=at, latest_at=at + timedelta(hours=5),
            text_folded=fold(f"{ar} {en}"), created_at=at, updated_at=at,
        )  # fmt: skip

    def question(self, incident: Incident, n: int) -> Question:
        ar, en = self.talk.sentence("ar", 4, 8), self.talk.sentence("en", 4, 8)
        return Question(incident=incident, text_ar=ar, text_en=en, position=n)

    def document(self, n: int) -> Document:
        body, at = self.talk.sentence("ar", 200, 400), self.moment()
        return Document(
            title=self.talk.sentence("ar", 4, 9), body=body, body_sha256=f"{n:064x}", url=f"https://a.example/{n}",
            created_by=self.chance.choice(self.editors), created_at=at, updated_at=at, reading_state="read",
        )  # fmt: skip

    def claim(self, n: int) -> Claim:
        lang = "ar" if self.chance.random() < 0.65 else "en"
        said = self.talk.sentence(lang)
        ar = said if lang == "ar" else self.talk.sentence("ar") if self.chance.random() < 0.5 else ""
        en = said if lang == "en" else self.talk.sentence("en") if self.chance.random() < 0.5 else ""
        at, state = self.moment(), _one(self.chance, STATES)
        incident = self.crowded if n < 200 else self.chance.choice(self.incidents)
        asked = self.chance.choice(self.questions[incident.pk]) if self.chance.random() < 0.7 else None
        event = at - timedelta(hours=self.chance.randint(2, 200)) if self.chance.random() < 0.8 else None
        return Claim(
            wording=said, lang=lang, statement_ar=ar, statement_en=en, incident=incident, question=asked,
            answer_ar=self.talk.sentence("ar", 1, 3) if asked else "", work_state=state,
            event_earliest_at=event, event_latest_at=event and event + timedelta(hours=12),
            event_precision="part_of_day" if event else "", text_folded=fold(f"{said}\n{ar}\n{en}"),
            assignee=self.chance.choice(self.users[:18]) if self.chance.random() < 0.6 else None,
            created_by=self.chance.choice(self.editors), created_at=at,
            updated_at=at + timedelta(hours=self.chance.randint(0, 900)),
            version=self.chance.randint(1, 9),
        )  # fmt: skip

    def chain(self, claim: Claim) -> list[Attribution]:
        origin = self.hop(claim, 0)
        if self.chance.random() < 0.6:
            return [origin]
        relay = self.hop(claim, 1)
        relay.relays = origin
        return [origin, relay]

    def hop(self, claim: Claim, hop: int) -> Attribution:
        if claim.incident_id == self.crowded.pk:
            source = self.sources[self.chance.randrange(40)]
        else:
            source = self.chance.choices(self.sources, self.weights)[0]
        at = claim.created_at
        return Attribution(
            claim=claim, source=source, hop=hop, verbatim=claim.wording, created_at=at, updated_at=at
        )

    def verdict(self, claim: Claim) -> Verdict | None:
        state = _one(self.chance, VERDICTS)
        if not state:
            return None
        by, at = self.chance.choice(self.editors), claim.updated_at
        return Verdict(
            claim=claim, revision=1, round=1, value=_one(self.chance, VALUES), state=state,
            reason_ar=self.talk.sentence("ar", 6, 12), rationale_ar=self.talk.sentence("ar", 60, 120),
            snapshot="{}", content_sha256=uuid.uuid4().hex * 2, submitted_by=by, submitted_at=at,
            created_by=by, created_at=at, updated_at=at,
        )  # fmt: skip

    def comment(self, claim: Claim) -> Comment:
        return Comment(
            claim=claim, author=self.chance.choice(self.users), body=self.talk.sentence("ar"),
            created_at=claim.updated_at,
        )  # fmt: skip

    def evidence(self, claims: list[Claim]) -> None:
        """Pieces on some of these claims: pictures, links and notes."""
        share = self.n_evidence * len(claims) // self.n_claims
        rows = [self.piece(self.chance.choice(claims)) for _ in range(share)]
        captures = [self.capture(row) for row in rows if row.kind != "note"]
        Evidence.objects.bulk_create(rows)
        Capture.objects.bulk_create(captures)
        Derivative.objects.bulk_create(
            Derivative(capture=one, kind="thumbnail", sha256=one.sha256, size=9000, media_type="image/webp")
            for one in captures
            if one.media_kind == "image"
        )
        Observation.objects.bulk_create(
            Observation(
                evidence=row,
                outcome="alive" if self.chance.random() < 0.9 else "gone",
                observed_at=NOW - timedelta(days=self.chance.randint(0, 60)),
            )
            for row in rows
            if row.kind == "link"
        )

    def piece(self, claim: Claim) -> Evidence:
        kind, at = _one(self.chance, {"file": 60, "link": 30, "note": 10}), claim.created_at
        return Evidence(
            claim=claim, kind=kind, relation=_one(self.chance, {"supports": 5, "refutes": 2, "context": 3}),
            title_ar=self.talk.sentence("ar", 3, 8), title_en=self.talk.sentence("en", 3, 8),
            description_ar=self.talk.sentence("ar", 5, 30), updated_at=at,
            state=_one(self.chance, {"ready": 95, "partial": 3, "failed": 2}),
            url=f"https://news.example/{uuid.uuid4()}" if kind == "link" else "",
            findings=[{"code": "edited", "facts": {}}] if self.chance.random() < 0.05 else [],
            created_by_id=claim.created_by_id, created_at=at + timedelta(seconds=self.chance.randint(1, 90_000)),
        )  # fmt: skip

    def capture(self, row: Evidence) -> Capture:
        sort = ("text/html", "text") if row.kind == "link" else ("image/jpeg", "image")
        return Capture(
            evidence=row, role="original", sha256=f"{self.chance.getrandbits(256):064x}",
            sha3_512=f"{self.chance.getrandbits(512):0128x}", size=self.chance.randint(10_000, 9_000_000),
            media_type=sort[0], media_kind=sort[1], captured_at=row.created_at, captured_by_id=row.created_by_id,
            file_name=f"{slugify(row.title_en)[:40]}.jpg" if row.kind == "file" else "", tool="bench",
        )  # fmt: skip

    def moment(self) -> datetime:
        """Some time of the last four years, to the second."""
        return NOW - timedelta(seconds=self.chance.randrange(4 * 365 * 86_400))


def places() -> Places:
    """Whom and what to ask, found in what `fill` made."""
    words = Vocabulary(random.Random(7)).words
    return Places(
        editor=User.objects.get(username="editor0"),
        reviewer=User.objects.get(username="reviewer12"),
        admin=User.objects.get(username="admin18"),
        sources=sorted(Source.objects.all(), key=lambda row: int(row.slug.rpartition("-")[2])),
        incidents=list(Incident.objects.order_by("slug")[:50]),
        crowded=Incident.objects.get(slug="incident-0"),
        questions=list(Question.objects.filter(incident__slug="incident-0")),
        words=words,
    )


def _one(chance: random.Random, shares: dict[str, int]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
