"""The desk's addresses, under /desk/: one list of patterns per noun, kept beside its views."""

from django.urls import URLPattern, URLResolver

from claims.desk import (
    attribution,
    claim,
    claim_edit,
    claim_list,
    discussion,
    document,
    evidence,
    evidence_attach,
    evidence_edit,
    evidence_list,
    history,
    home,
    incident,
    intake,
    job,
    original,
    person,
    proposal,
    review,
    source,
    source_search,
    verdict,
)

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    *home.urls,
    *intake.urls,
    *document.urls,
    *proposal.urls,
    *source_search.urls,
    *claim_list.urls,
    *claim_edit.urls,
    *claim.urls,
    *attribution.urls,
    *discussion.urls,
    *verdict.urls,
    *review.urls,
    *history.urls,
    *evidence_list.urls,
    *evidence_attach.urls,
    *evidence.urls,
    *evidence_edit.urls,
    *original.urls,
    *incident.urls,
    *source.urls,
    *person.urls,
    *job.urls,
]
