"""A publication as a page shows it, in one language: read from its snapshot alone, so any state can be shown again."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dateutil.parser import isoparse
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

from claims.markup.claimreview import Newsroom, Reviewed, Speaker
from claims.models import Publication
from claims.rules.judged import Judged, judged_of
from claims.rules.published import SAYS, chain_cuts
from claims.text.places import gazetteer


def language() -> str:
    """The page's language, "ar" or "en"."""
    return "en" if (get_language() or "ar").startswith("en") else "ar"


@dataclass(frozen=True)
class Said:
    """A text in the page's language, or the other one when there is no translation yet: `lang` says which."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def said(facts: dict[str, Any], name: str) -> Said:
    """The field `name`_ar or _en of a snapshot part, in the page's language if there is one."""
    mine = language()
    other = "en" if mine == "ar" else "ar"
    if facts.get(f"{name}_{mine}"):
        return Said(facts[f"{name}_{mine}"], mine)
    return Said(facts.get(f"{name}_{other}") or "", other)


def place_shown(claim: dict[str, Any]) -> str:
    """The place as written, unless the page is in the other script and the gazetteer has a name for it."""
    written: str = claim["place"]
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in written)
    known = gazetteer().get(claim["place_key"])
    if not written or known is None or is_arabic == (language() == "ar"):
        return written
    return known.name_ar if language() == "ar" else known.name_en


@dataclass(frozen=True)
class HopShown:
    """One hop of a chain."""

    key: str
    name: str
    kind: str
    url: str
    unnamed: bool
    is_party: bool
    stance: str
    verb: str
    verbatim: str
    link: str
    said_at: datetime | None


@dataclass(frozen=True)
class EvidenceShown:
    """One cited piece of evidence, by its public copy only.

    `captured_at` is told of links, where it says which state of the page we saw; of a file it would only say when an
    editor sent it in (ACCEPTANCE C11).
    """

    title: str
    note: str
    kind: str
    relation: str
    url: str
    thumb_url: str
    copy_url: str
    width: int | None
    height: int | None
    is_sensitive: bool
    source_name: str
    captured_at: datetime | None
    n_bytes: int | None
    sha256: str
    text_url: str = ""
    judged: tuple[Judged, ...] = ()

    @property
    def thumb_alt(self) -> str:
        return self.title

    def without_copy(self) -> "EvidenceShown":
        """The same without the copy of ours."""
        url = "" if self.url == self.copy_url else self.url
        return replace(self, url=url, thumb_url="", copy_url="")

    @property
    def archived_url(self) -> str:
        """Our own copy of what the link said or showed; of its text only once the page itself has gone."""
        return self.text_url or (self.copy_url if self.kind == "link" else "")


@dataclass(frozen=True)
class Shown:
    """Everything a verdict page says."""

    publication: Publication
    slug: str
    value: str
    kind: str
    statement: Said
    wording: str
    wording_lang: str
    answer: Said
    question: Said
    incident_slug: str
    incident_title: Said
    is_illustration: bool
    place: str
    event: tuple[datetime | None, datetime | None, str, str]
    reason: Said
    rationale: Said
    would_settle: Said
    exception: Said
    change: Said
    chains: list[list[HopShown]]
    independent: int
    outlets: int
    evidence: list[EvidenceShown]
    document: dict[str, Any] | None
    published_at: datetime
    first_published_at: datetime
    content_sha256: str

    @property
    def untranslated(self) -> bool:
        """Whether the page falls back on the other language somewhere that matters."""
        return any(part and part.lang != language() for part in (self.statement, self.reason, self.rationale))


def shown(publication: Publication) -> Shown:
    """What the page of a publication says in the language of the request."""
    whole = json.loads(publication.snapshot)
    claim, verdict = whole["claim"], whole["verdict"]
    incident, question = whole["incident"] or {}, whole["question"] or {}
    statement = said(claim, "statement") or Said(claim["wording"], claim["lang"])
    return Shown(
        publication=publication,
        slug=publication.slug,
        value=verdict["value"],
        kind=verdict["kind"],
        statement=statement,
        wording=claim["wording"],
        wording_lang=claim["lang"],
        answer=said(claim, "answer"),
        question=said(question, "text"),
        incident_slug=incident.get("slug", ""),
        incident_title=said(incident, "title"),
        is_illustration=bool(incident.get("is_illustration")),
        place=place_shown(claim),
        event=(
            _time(claim["event_earliest_at"]),
            _time(claim["event_latest_at"]),
            claim["event_precision"],
            claim["event_raw"],
        ),
        reason=said(verdict, "reason"),
        rationale=said(verdict, "rationale"),
        would_settle=said(verdict, "would_settle"),
        exception=said(verdict, "exception"),
        change=said(verdict, "change"),
        chains=chains_shown(whole["chains"]),
        independent=whole["origins"]["independent"],
        outlets=whole["origins"]["outlets"],
        evidence=[_evidence(one) for one in whole["evidence"]],
        document=whole["document"],
        published_at=publication.published_at,
        first_published_at=_time(whole["first_published_at"]) or publication.published_at,
        content_sha256=whole["content_sha256"],
    )


def chains_shown(hops: list[dict[str, Any]]) -> list[list[HopShown]]:
    """Hops of a snapshot, which come chain after chain from the outermost in, cut where the next chain begins."""
    return [[_hop(hop) for hop in chain] for chain in chain_cuts(hops)]


def _hop(hop: dict[str, Any]) -> HopShown:
    source = hop["source"]
    unnamed = source["kind"] == "unnamed"
    return HopShown(
        key=source["slug"],
        name=said(source, "name").text,
        kind=source["kind"],
        url="" if unnamed else reverse("public:source-detail", args=[source["slug"]]),
        unnamed=unnamed,
        is_party=source["is_party"],
        stance=hop["stance"],
        verb=hop["verb"],
        verbatim=hop["verbatim"],
        link=hop["url"],
        said_at=_time(hop["said_at"]),
    )


def _evidence(one: dict[str, Any]) -> EvidenceShown:
    copy = next(iter(one["copies"]), None)
    copy_url = reverse("copy", args=[copy["token"]]) if copy else ""
    is_picture = copy is not None and str(copy["media_type"]).startswith("image/")
    capture = next((c for c in one["captures"] if c["role"] == "original"), next(iter(one["captures"]), None))
    return EvidenceShown(
        title=said(one, "title").text or one["url"],
        note=said(one, "description").text,
        kind=_kind(one, capture),
        relation=one["relation"],
        url=one["url"] or copy_url,
        thumb_url=copy_url if is_picture else "",
        copy_url=copy_url,
        width=copy and copy["width"],
        height=copy and copy["height"],
        is_sensitive=one["is_sensitive"],
        source_name=said(one["from"], "name").text if one["from"] else "",
        captured_at=_time(capture["captured_at"]) if capture and one["kind"] == "link" else None,
        n_bytes=capture["size"] if capture else None,
        sha256=capture["sha256"] if capture else "",
        judged=tuple(judged_of(one)),
    )


def _kind(one: dict[str, Any], capture: dict[str, Any] | None) -> str:
    if one["kind"] != "file" or capture is None:
        return str(one["kind"])
    family = str(capture["media_type"]).split("/")[0]
    if capture["media_type"] == "application/pdf":
        return "pdf"
    return family if family in {"image", "video", "audio", "text"} else "file"


def _time(text: str | None) -> datetime | None:
    return isoparse(text) if text else None


def newsroom(lang: str) -> Newsroom:
    """Us, in one language."""
    name = settings.NEWSROOM_NAME_AR if lang == "ar" else settings.NEWSROOM_NAME_EN
    return Newsroom(name, f"{settings.PUBLIC_URL}/{lang}/")


def absolute(path: str) -> str:
    """The full address of a path of ours."""
    return f"{settings.PUBLIC_URL}{path}"


def reviewed(publication: Publication, lang: str) -> Reviewed:
    """The facts of ClaimReview, in the words the page shows in that language."""
    with override(lang):
        page = shown(publication)
        url = absolute(reverse("public:verdict-detail", args=[publication.slug]))
    # Who denies a claim, or will not speak of it, did not make it, and where they do so it does not appear.
    made = [chain for chain in page.chains if chain[-1].stance in SAYS]
    first = next((chain[-1] for chain in made if not chain[-1].unnamed), None)
    links = dict.fromkeys(hop.link for chain in made for hop in reversed(chain) if hop.link)
    said_at = next((chain[-1].said_at for chain in made if chain[-1].said_at), None)
    return Reviewed(
        url=url,
        lang=lang,
        claim=page.statement.text,
        value=page.value,
        explanation=page.reason.text,
        published_at=page.first_published_at.isoformat(),
        modified_at=page.published_at.isoformat(),
        origin=Speaker(first.name, first.kind, absolute(first.url)) if first else None,
        said_on=said_at.date().isoformat() if said_at else (page.document or {}).get("published_on") or "",
        appearances=tuple(links) or tuple(filter(None, [(page.document or {}).get("url")])),
    )
