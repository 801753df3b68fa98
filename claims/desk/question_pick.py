"""The questions of an incident, for a form in which one is chosen after the other."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import URLPattern, path

from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.models import Question
from claims.rules.role import may_use_desk


@dataclass(frozen=True)
class Offered:
    """Context of parts/_questions.html."""

    questions: Sequence[Question]


@gate(may_use_desk, methods=("GET",))
def question_names(request: DeskRequest) -> HttpResponse:
    """The questions of the incident named by `incident`; none for what names no incident."""
    return render(request, "parts/_questions.html", Offered(_of(str(request.GET.get("incident", "")))))


def _of(incident: str) -> Sequence[Question]:
    try:
        return list(Question.objects.filter(incident=uuid.UUID(incident)))
    except ValueError:
        return []


urls: list[URLPattern] = [path("pick/questions/", question_names, name="question-names")]
