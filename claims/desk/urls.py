"""The desk's addresses, under /desk/: one list of patterns per noun, kept beside its views."""

from django.urls import URLPattern, URLResolver

from claims.desk import (
    attribution,
    claim,
    claim_edit,
    claim_list,
    discussion,
    history,
    home,
    incident,
    job,
    person,
    review,
    source,
    verdict,
)

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    *home.urls,
    *claim_list.urls,
    *claim_edit.urls,
    *claim.urls,
    *attribution.urls,
    *discussion.urls,
    *verdict.urls,
    *review.urls,
    *history.urls,
    *incident.urls,
    *source.urls,
    *person.urls,
    *job.urls,
]
