"""Background work: the list for admins, and how far it is for whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.job import retry_job
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.errors import NotFound
from claims.forms.page import page_asked
from claims.jobs import Backlog, backlog
from claims.models import Job, JobState
from claims.rules.job import may_watch_job
from claims.rules.role import may_administer, may_use_desk

PER_PAGE = 50
LABELS: dict[str, Promise] = {
    "document.read": gettext_lazy("Read a text"),
    "checkpoint.make": gettext_lazy("Sign the history of the day"),
    "evidence.capture": gettext_lazy("Capture a linked page"),
    "evidence.examine": gettext_lazy("Examine a file"),
    "evidence.wayback": gettext_lazy("Ask the Wayback Machine for a copy"),
    "evidence.wayback-answer": gettext_lazy("See what the Wayback Machine did"),
    "evidence.watch": gettext_lazy("Look at a cited link again"),
    "evidence.watch-due": gettext_lazy("See which cited links are due"),
    "publication.announce": gettext_lazy("Look after what a publication cites"),
    "upkeep.tidy": gettext_lazy("Clear away what is no longer needed"),
    "upkeep.verify": gettext_lazy("Check history and evidence"),
}
# A state of the table → the word and shape it has on screen.
SHOWN = {
    JobState.READY: "waiting",
    JobState.SENT: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.PARKED: "parked",
}
GROUPS: dict[str, Sequence[JobState]] = {
    "parked": [JobState.PARKED],
    "waiting": [JobState.READY, JobState.SENT],
    "running": [JobState.RUNNING],
    "done": [JobState.DONE],
}


@dataclass(frozen=True)
class Line:
    """One job in the list."""

    job: Job
    label: str
    state: str
    reason: str
    trace: str


@dataclass(frozen=True)
class Group:
    """Jobs in one state: how many, and the address that lists them."""

    state: str
    n: int
    url: str
    current: bool


@dataclass(frozen=True)
class JobsPage:
    """The list of jobs in one state, newest first, and how far behind the workers are."""

    groups: list[Group]
    lines: list[Line]
    page: Page[Job]
    query: str
    behind: Backlog
    late: bool


@dataclass(frozen=True)
class Progress:
    """What parts/_progress.html shows of one job."""

    id: str
    label: str
    state: str
    url: str
    percent: int
    step: str
    error: str
    retry_url: str


def label_of(job: Job) -> str:
    """What the work is, in the language of the page."""
    return str(LABELS.get(job.name, job.name))


def progress_of(job: Job) -> Progress:
    """For any page that shows work under way: `{% include "parts/_progress.html" with job=… %}`."""
    return Progress(
        id=str(job.pk),
        label=label_of(job),
        state=SHOWN[JobState(job.state)],
        url=reverse("desk:job-progress", args=[job.pk]),
        percent=int(job.progress * 100),
        step=_(job.step) if job.step else "",
        error=_first_line(job.last_error) if job.state == JobState.PARKED else "",
        retry_url="",
    )


def _first_line(reason: str) -> str:
    return reason.split("\n", 1)[0]


def _line(job: Job) -> Line:
    reason, _newline, trace = job.last_error.partition("\n")
    return Line(job, label_of(job), SHOWN[JobState(job.state)], reason, trace)


def _groups(chosen: str) -> list[Group]:
    rows = Job.objects.values_list("state").annotate(n=Count("pk")).order_by()
    counts = dict(rows)
    return [
        Group(name, sum(counts.get(state, 0) for state in states), f"?state={name}", name == chosen)
        for name, states in GROUPS.items()
    ]


@gate(may_administer, methods=("GET",))
def job_list(request: DeskRequest) -> HttpResponse:
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in GROUPS else "parked"
    rows = Job.objects.filter(state__in=GROUPS[chosen]).select_related("asked_by").order_by("-asked_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(page_asked(request))
    behind = backlog()
    context = JobsPage(
        groups=_groups(chosen),
        lines=[_line(job) for job in page],
        page=page,
        query=f"state={chosen}&",
        behind=behind,
        late=behind.oldest_wait.total_seconds() > 120,
    )
    return render(request, "desk/job/list.html", context, fragment="rows")


@gate(may_administer, methods=("POST",))
def job_retry(request: DeskRequest, pk: UUID) -> HttpResponse:
    job = retry_job(actor=request.user, job_id=pk)
    messages.success(request, _("“%(job)s” will be tried again.") % {"job": label_of(job)})
    return redirect("desk:job-list")


@gate(may_use_desk, methods=("GET",))
def job_progress(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The progress part alone. When the work is over it says so by the event `job-over`, for the page around it."""
    job = get_object_or_404(Job, pk=pk)
    if may_watch_job(request.user, job) is not None:
        raise NotFound(what="job")
    response = render(request, "desk/job/progress.html", {"job": progress_of(job)}, fragment="part")
    if request.htmx and job.state in {JobState.DONE, JobState.PARKED}:
        response.headers["HX-Trigger"] = "job-over"
    return response


urls: list[URLPattern] = [
    path("jobs/", job_list, name="job-list"),
    path("jobs/<uuid:pk>/retry/", job_retry, name="job-retry"),
    path("jobs/<uuid:pk>/progress/", job_progress, name="job-progress"),
]
