"""The words for refusals and conflicts: errors carry stable codes, doors give them wording."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.render import render
from claims.errors import Conflict, Refused
from claims.models import Claim


def wording(code: str, facts: dict[str, Any]) -> str:
    """The sentence for a code, in the language of the page."""
    texts = _texts()
    sentence = texts.get(f"{code}-{facts.get('needs')}") or texts.get(code) or _("That is not possible here.")
    plain = {name: value for name, value in facts.items() if isinstance(value, str | int)}
    try:
        return sentence % plain
    except (KeyError, ValueError):
        return sentence


def refusal_page(request: HttpRequest, refused: Refused, status: int) -> HttpResponse:
    """The page, or for htmx the message alone, that says why not. Nothing was changed."""
    sentence = wording(refused.code, refused.facts)
    messages = refused.facts.get("messages", [])
    context = {"sentence": sentence, "details": messages, "code": refused.code, "status": status}
    return render(request, "desk/refused.html", context, fragment="message", status=status)


def conflict_page(request: HttpRequest, error: Conflict) -> HttpResponse:
    """409: somebody else was first. Shows what stands now and keeps what was typed, so that nothing is lost."""
    typed = {
        name: values
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "version", "password"}
    }
    context = {
        "sentence": wording(error.code, error.facts),
        "code": error.code,
        "current": error.facts.get("current"),
        "typed": typed,
        "back": request.get_full_path(),
        "stands": _stands_at(error.facts.get("current")),
    }
    return render(request, "desk/conflict.html", context, fragment="message", status=409)


def _stands_at(current: Any) -> str:
    """The page that shows the row as it stands: where it was typed may only take what is sent."""
    claim_id = current.pk if isinstance(current, Claim) else getattr(current, "claim_id", None)
    return reverse("desk:claim-detail", args=[claim_id]) if claim_id else ""


def _texts() -> dict[str, str]:
    return {
        "sign-in": _("Please sign in."),
        "inactive": _("This account is closed."),
        "role": _("Your role does not allow this."),
        "role-editor": _("Only editors and reviewers can do this."),
        "role-reviewer": _("Only reviewers can do this."),
        "role-admin": _("Only admins can do this."),
        "not-allowed": _("Your role does not allow this."),
        "claim-rejected": _("The claim is set aside as not checkable. Reopen it first."),
        "assignee-cannot-write": _("This person cannot work on claims."),
        "state-follows-verdict": _("This state follows from the verdict and cannot be set by hand."),
        "verdict-under-way": _("A verdict is under way; the state follows from it."),
        "cited-by-publication": _("A published verdict cites this evidence: it cannot be removed."),
        "revision-under-review": _(
            "A revision is under review. Take it back first, or wait for the decision."
        ),
        "on-hold": _("The claim is on hold. Open it first."),
        "not-a-draft": _("This revision is no longer a draft."),
        "checklist": _("Something on the checklist is still missing."),
        "not-submitted": _("This revision is not waiting for a decision."),
        "own-work": _("You contributed to this revision: a second person decides on it."),
        "not-approved": _("Only an approved revision can be published."),
        "not-published": _("Only a published verdict can be corrected or withdrawn."),
        "revision-under-way": _("Another revision is already under way."),
        "published": _("The claim has a published verdict. Withdraw it first."),
        "not-yours": _("Only its author can do this."),
        "not-quarantined": _("This is not in quarantine."),
        "already-retired": _("Already set aside."),
        "oneself": _("Nobody changes their own role or account."),
        "second-factor": _("Set up a second factor first."),
        "stale": _("Somebody saved this while you were working. Nothing of yours is lost: compare below."),
        "taken": _("Somebody else was first. Nothing was changed."),
        "not-parked": _("This work is not stopped, or has been asked for again already."),
        "alias-taken": _("Another source already has this name."),
        "revision-changed": _(
            "This is no longer the revision you read. Look at what changed before you decide."
        ),
        "invalid": _("This input cannot be taken."),
        "bad-field": _("Please check the field %(field)s."),
        "unknown-field": _("There is no field %(field)s."),
        "empty": _("Please write something."),
        "too-long": _("At most %(limit)s characters."),
        "reason-missing": _("Please say why."),
        "name-missing": _("Please give a name in Arabic or English."),
        "title-missing": _("Please give a title in Arabic or English."),
        "from-after-to": _("The beginning lies after the end."),
        "span-outside": _("The marked passage does not lie in the text."),
        "wording-is-verbatim": _("The wording is a verbatim passage of its document and cannot be changed."),
        "question-of-another-incident": _("The question belongs to another incident."),
        "no-such-incident": _("There is no such incident."),
        "question-answered": _("Claims answer this question: it cannot be removed."),
        "not-all-questions": _("The list of questions has changed. Please look again."),
        "chain-too-long": _("A chain has at most %(limit)s hops."),
        "source-twice-in-chain": _("A source stands twice in this chain."),
        "not-outermost": _("Another hop relays this one. Change the chain from its outermost hop."),
        "foreign-evidence": _("This evidence belongs to another claim."),
        "bad-url": _("This is no address of a web page (http or https)."),
        "bad-box": _("The marked area does not lie in the picture."),
        "too-large": _("The file is larger than the limit of %(limit)s bytes. Nothing was kept."),
        "empty-file": _("The file is empty. Nothing was kept."),
        "store-full": _("There is no room left for evidence. Nothing was kept; please tell an admin."),
        "parent-circle": _("A source cannot stand above itself."),
        "weak-password": _("This password is too weak."),
        "username-ascii": _("A user name has Latin letters, digits and . _ - only."),
        "unknown-role": _("There is no such role."),
        "document-known": _("This text is here already."),
        "nul": _("The text holds a NUL character, which no article has. Please paste the text itself."),
        "surrogates": _("The text holds half of a character. Please copy it again from where it stands."),
        "date-out-of-bounds": _("The date must lie between %(earliest)s and %(latest)s."),
        "unknown-language": _("This language is not known here."),
        "unknown-zone": _("There is no such time zone."),
        "url-scheme": _("An address begins with http:// or https://."),
        "time-without-zone": _("Please say in which zone the time is."),
        "no-such-source": _("There is no such source."),
        "source-unknown": _("Nobody has said yet who “%(name)s” is. Pick a source, or add it as a new one."),
        "proposal-decided": _("Somebody has decided on this proposal already."),
        "not-decided": _("Nothing has been decided here yet."),
        "claim-touched": _("Somebody has worked on the claim since: it stays."),
        "parts-decided": _("A part of it has been decided on. Take that back first."),
        "split-outside": _("Cut where words stand on both sides."),
        "not-neighbours": _("Only a proposal and its neighbour can be merged."),
        "place-missing": _("Name the place, give its coordinates, or say that it cannot be told."),
        "place-ambiguous": _("More than one place is called so. Give the coordinates: %(points)s."),
        "off-the-globe": _("These are no coordinates: latitude from -90 to 90, longitude from -180 to 180."),
        "reasoning-missing": _("Say how you know, in at least one language."),
        "confidence-unknown": _("Say how sure you are."),
        "mark-unknown": _("A finding matters, or does not, or is undecided."),
        "time-missing": _("Give a day, or say that it cannot be told."),
        "out-of-range": _("The day must lie between 1900 and two years from today."),
        "unknown-kind": _("There is no such kind of correction."),
    }
