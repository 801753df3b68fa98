"""Long texts: read on by jobs, stretch by stretch, with progress that the editor sees."""

from functools import partial

from claims.actions.document import READ_BY
from claims.actions.history import change
from claims.actions.person import system_user
from claims.actions.reading import Stretch, keep_stretch, read_stretch
from claims.jobs import Effects, handler, progress
from claims.models import Document, Job


@handler("document.read")
def read_document(job: Job, document: str, until: int) -> Effects | None:
    """Reads the text up to `until`; its proposals appear when this stretch is done, and the next is asked for."""
    row = Document.objects.filter(pk=document).select_related("publisher").first()
    if row is None:
        return None
    stretch = read_stretch(row, until=until, patience=None, watch=partial(_tell, job))
    return partial(_keep, row, stretch)


def _tell(job: Job, done: float) -> None:
    progress(job, done, "Reading")


def _keep(read: Document, stretch: Stretch) -> None:
    now = Document.objects.select_for_update(no_key=True).get(pk=read.pk)
    if _facts(now) != _facts(read):
        return  # somebody changed the date or language meanwhile, and that change has asked for its own reading
    with change(actor=system_user(), action="document.read", subject=now) as c:
        keep_stretch(c, now, stretch)


def _facts(document: Document) -> tuple[object, ...]:
    return tuple(getattr(document, name) for name in READ_BY)
