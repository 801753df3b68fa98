"""Attaching evidence: a file that is streamed into the store, a link, or a note."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from claims.actions.evidence import attach_link, attach_note, attach_stored
from claims.archive.store import EmptyFile, StoreFull, TooLarge
from claims.desk.answers import wording
from claims.desk.claim import back_to, found_claim
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.desk.upload import AROUND_BYTES, IntoStore, KeptFile, declared_length
from claims.errors import Invalid
from claims.forms.evidence import AttachForm
from claims.models import Claim, Evidence
from claims.rules.evidence import may_attach
from claims.rules.role import may_write
from claims.templatetags.show import bytes_size

STATUS: dict[type[Exception], int] = {TooLarge: 413, StoreFull: 507, EmptyFile: 422}


@csrf_exempt  # asked for in _sent, after the upload handler is in place: the check reads the form
@gate(may_write)
def evidence_attach(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """The form, or what it sent. Who may write is asked before a byte of the body is read."""
    claim = found_claim(request, claim_id)
    refused = may_attach(request.user, claim)
    if refused is not None:
        return _form(request, claim, AttachForm(), wording(refused.code, refused.facts), 403)
    if request.method != "POST":
        return _form(request, claim, AttachForm())
    limit = settings.UPLOAD_LIMIT_BYTES
    if declared_length(request) > limit + AROUND_BYTES:
        return _form(request, claim, AttachForm(), too_large(), 413)
    upload = IntoStore(request, limit)
    request.upload_handlers = [upload]
    try:
        answer: HttpResponse = csrf_protect(_sent)(request, claim, upload)
        return answer
    finally:
        upload.end()


def too_large() -> str:
    """The sentence for a file over the limit."""
    most = bytes_size(settings.UPLOAD_LIMIT_BYTES)
    return _("The file is larger than %(limit)s. Nothing was kept.") % {"limit": most}


def _sent(request: DeskRequest, claim: Claim, upload: IntoStore) -> HttpResponse:
    form = AttachForm(request.POST, request.FILES)
    if upload.error is not None:
        return _not_kept(request, claim, form, upload.error)
    if not form.is_valid():
        return _form(request, claim, form, status=422)
    try:
        _attach(request, claim, form)
    except Invalid as error:
        return _form(request, claim, form, wording(error.code, error.facts), 422)
    return redirect(back_to(claim.pk, "evidence"))


def _not_kept(request: DeskRequest, claim: Claim, form: AttachForm, error: Exception) -> HttpResponse:
    status = STATUS.get(type(error))
    if status is None or not isinstance(error, Invalid):
        raise error
    said = too_large() if isinstance(error, TooLarge) else wording(error.code, error.facts)
    return _form(request, claim, form, said, status)


def _attach(request: DeskRequest, claim: Claim, form: AttachForm) -> Evidence:
    given, fields = form.cleaned_data, form.described()
    sent = given.get("file")
    common: dict[str, Any] = {"actor": request.user, "claim_id": claim.pk, "once": given["once"]}
    if isinstance(sent, KeptFile) and sent.kept is not None:
        return attach_stored(
            **common,
            kept=sent.kept,
            file_name=sent.name or "",
            declared_type=sent.content_type or "",
            fields=fields,
        )
    if given["url"]:
        return attach_link(**common, url=given["url"], fields=fields)
    return attach_note(**common, fields=fields)


def _form(
    request: DeskRequest, claim: Claim, form: AttachForm, trouble: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "claim": claim,
        "attach_form": form,
        "trouble": trouble,
        "limit": settings.UPLOAD_LIMIT_BYTES,
        "may_attach": status != 403,
    }
    return render(request, "desk/evidence/attach.html", context, status=status)


urls: list[URLPattern] = [
    path("claims/<uuid:claim_id>/attach/", evidence_attach, name="evidence-attach"),
]
