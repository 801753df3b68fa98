"""What an examination or a capture noticed, in words: the reason first, what it may mean second."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.media.finding import Finding
from claims.models import Confidence, Evidence, FindingMark, Mark

WORDS = {
    "generated": _("The file names a program that makes pictures by machine: %(by)s."),
    "edited-with": _(
        "The file was saved by an editing program: %(program)s. That alone proves no manipulation."
    ),
    "modified-after": _(
        "The file was changed %(seconds)s seconds after the picture was taken, by its own account."
    ),
    "thumbnail-differs": _("The small picture inside the file shows something else than the large one."),
    "clock-unset": _("The camera's clock was not set: its times cannot be relied on."),
    "place-zero": _("The file gives zero degrees as its place, as devices do that have no position."),
    "no-metadata": _(
        "The file says nothing of time, place or device. Platforms take that away when sharing."
    ),
    "c2pa-present": _("The file carries content credentials (C2PA). They have not been validated here."),
    "c2pa-validated": _(
        "The file carries content credentials (C2PA), signed by %(signer)s: %(state)s. They say who signed, not that "
        "the picture is true."
    ),
    "c2pa-invalid": _(
        "The content credentials (C2PA) in the file do not hold: it was changed after signing."
    ),
    "polyglot": _("The file is two kinds of file in one (also: %(also)s). Somebody has to look first."),
    "trailing-data": _("Something follows after the end of the file proper (%(size)s bytes)."),
    "truncated": _("The file breaks off before its end."),
    "malformed": _("The file is not built as its kind should be."),
    "active-content": _("The file holds parts that could act when opened. It is never shown in place."),
    "extension-mismatch": _("The name ends in %(extension)s, but the bytes are %(media_type)s."),
    "declared-mismatch": _("The sender declared another kind of file than the bytes are."),
    "encrypted": _("The file is locked with a password: what is inside could not be read."),
    "pdf-revised": _("The PDF was saved over itself: it holds %(n_versions)s versions."),
    "attachments": _("The PDF carries other files inside it."),
    "tool-missing": _("A program that would read more of this file is not installed: %(tool)s."),
    "tool-failed": _("A program that should read this file failed on it."),
    "parser-died": _("Reading the file broke the reader, which ran apart. The file is in quarantine."),
    "too-many-pixels": _("The picture is larger than 50 million pixels: it is kept, but not drawn."),
    "unreadable-image": _(
        "The picture is damaged or of a kind that cannot be drawn here. It is kept as it came."
    ),
    "unreadable-pdf": _("The PDF is damaged. It is kept as it came."),
    "time-before-event": _("By its own account the file was made %(taken)s, before the event (%(event)s)."),
    "time-after-event": _("By its own account the file was made %(taken)s, after the event (%(event)s)."),
    "place-far": _("By its own account the file was made %(km)s km from the place of the claim (%(place)s)."),
    "located-far": _(
        "It was found to be made %(km)s km from the place of the claim (%(place)s). Confidence: %(confidence)s."
    ),
    "dated-before-event": _(
        "It was found to be made %(made)s, before the event (%(event)s). Confidence: %(confidence)s."
    ),
    "dated-after-event": _(
        "It was found to be made %(made)s, after the event (%(event)s). Confidence: %(confidence)s."
    ),
    "undecodable-body": _("The page came in an encoding that could not be undone."),
    "incomplete-body": _("The page broke off while it came."),
    "unknown-encoding": _("The page came in an unknown encoding; its bytes are kept."),
    "empty-body": _("The address answered with nothing."),
    "downgraded": _("The address led from a secure page to one that is not."),
    "tls-not-yet-valid": _("The site's certificate is not valid yet."),
    "tls-expired": _("The site's certificate has expired."),
    "tls-self-signed": _("The site signed its own certificate."),
    "tls-wrong-name": _("The site's certificate is for another name."),
    "tls-untrusted": _("The site's certificate is not trusted."),
    "tls-unreadable-certificate": _("The site's certificate could not be read."),
    "no-article": _("No readable text was found in the page."),
}
# Steps of a capture, as the log and the progress name them.
STEPS = {
    "fetch": _("Fetching the page"),
    "text": _("Reading its text"),
    "view": _("Asking for the open view of the post"),
    "browser": _("Opening it in a browser"),
    "screenshot": _("Taking a picture of the page"),
    "pdf": _("Printing it as PDF"),
    "mhtml": _("Keeping it as one file"),
    "media": _("Fetching embedded media"),
    "exchange": _("Keeping the exact exchange"),
    "store": _("Storing what came"),
    "examine": _("Examining the files"),
    "released": _("Taken out of quarantine"),
    "page": _("Keeping the page"),
    "wayback": _("Asking the Wayback Machine for a copy"),
}
REASONS = {
    "address-refused": _("This address cannot be captured."),
    "unreachable": _("The address did not answer."),
    "too-slow": _("The address answered too slowly."),
    "tls-failed": _("No secure connection came about."),
    "too-large": _("More came than the limit allows."),
    "too-many-redirects": _("The address sent us round and round."),
    "headers-too-large": _("The answer's headers were too large."),
    "bad-url": _("This is no address of a web page (http or https)."),
    "no-browser": _("No browser is installed here."),
    "browser-failed": _("The browser could not show the page."),
    "not-found": _("Nothing is there."),
    "no-article": _("No readable text was found in the page."),
    "busy": _("Too many captures of this site at once; it will be tried again."),
}


@dataclass(frozen=True)
class Noticed:
    """A finding in words, and what somebody made of it; `mark` is empty where nobody has."""

    key: str
    words: str
    mark: str = ""
    mark_words: str = ""
    reason: str = ""
    who: str = ""
    at: datetime | None = None

    @property
    def is_dismissed(self) -> bool:
        """Whether somebody looked and it does not matter."""
        return self.mark == Mark.DISMISSED


def noticed(evidence: Evidence, marks: Mapping[tuple[Any, str], FindingMark]) -> list[Noticed]:
    """The findings of a piece of evidence with their marks; dismissed ones last."""
    found = []
    for one in evidence.findings:
        key, words = Finding.from_json(one).key, finding_words(one)
        mark = marks.get((evidence.pk, key))
        if mark is None:
            found.append(Noticed(key, words))
            continue
        label = str(Mark(mark.mark).label)
        found.append(Noticed(key, words, mark.mark, label, mark.reason, mark.made_by.name, mark.made_at))
    return sorted(found, key=lambda each: each.is_dismissed)


def finding_words(finding: Mapping[str, Any]) -> str:
    """The sentence for a finding {code, facts}, in the language of the page."""
    code, told = str(finding.get("code")), dict(finding.get("facts") or {})
    if code == "c2pa-present" and told.get("validated"):
        code = "c2pa-validated"
    sentence = WORDS.get(code)
    if sentence is None:
        return str(_("Noticed: %(code)s.")) % {"code": finding.get("code")}
    facts = {name: _plain(value) for name, value in told.items()}
    if facts.get("confidence") in Confidence.values:
        facts["confidence"] = str(Confidence(facts["confidence"]).label)
    try:
        return str(sentence) % facts
    except (KeyError, ValueError, TypeError):
        return str(sentence).partition("%(")[0].rstrip(" :(")


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def step_words(name: str) -> str:
    """What a step of a capture is called."""
    return str(STEPS.get(name, name))


def reason_words(code: str) -> str:
    """Why a step failed or was left out; the code itself where there are no words."""
    return str(REASONS.get(code, code))
