"""Asking the Internet Archive for a copy of its own. Off until an operator sets the keys.

Telling a third party that we look at a page may harm an investigation, so nothing calls this by itself.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from claims.archive.fetch import Policy, fetch
from claims.archive.net import Net
from claims.errors import FactcheckError

SAVE = "https://web.archive.org/save"
KNOWN = "https://archive.org/wayback/available"
MOST_ANSWER = 1024 * 1024


class WaybackFailed(FactcheckError):
    """The archive refused or answered nonsense. Facts: reason, as the archive gives it, cut short."""

    code = "wayback-failed"


@dataclass(frozen=True)
class Keys:
    """An S3-style key pair of an archive.org account."""

    access: str
    secret: str

    def __bool__(self) -> bool:
        return bool(self.access and self.secret)


@dataclass(frozen=True)
class Copy:
    """What the archive says: state is pending, success or error; `url` and `at` (YYYYMMDDhhmmss, UTC) of a copy.
    `answer` is its whole answer, to be kept."""

    state: str
    job: str = ""
    url: str = ""
    at: str = ""
    answer: str = ""


def ask(url: str, keys: Keys, folder: Path, *, policy: Policy | None = None, net: Net | None = None) -> Copy:
    """Ask for a copy; the answer is pending, with a job to ask about later. Raises WaybackFailed, FetchFailed."""
    headers = [*_headers(keys), ("Content-Type", "application/x-www-form-urlencoded")]
    body = urlencode({"url": url, "skip_first_archive": "1"}).encode()
    told, text = _asked(SAVE, folder, policy, net, method="POST", headers=headers, body=body)
    if not told.get("job_id"):
        raise WaybackFailed(reason=str(told.get("message", told.get("status_ext", "no job")))[:300])
    return Copy("pending", job=str(told["job_id"])[:200], answer=text)


def progress(
    job: str, keys: Keys, folder: Path, *, policy: Policy | None = None, net: Net | None = None
) -> Copy:
    """How a job stands. Raises WaybackFailed, FetchFailed."""
    told, text = _asked(f"{SAVE}/status/{job}", folder, policy, net, headers=_headers(keys))
    state = str(told.get("status", ""))
    if state not in ("pending", "success", "error"):
        raise WaybackFailed(reason="no status")
    at, original = str(told.get("timestamp", "")), str(told.get("original_url", ""))
    made = f"https://web.archive.org/web/{at}/{original}" if state == "success" else ""
    return Copy(state, job, made, at, text)


def known(url: str, folder: Path, *, policy: Policy | None = None, net: Net | None = None) -> Copy | None:
    """The newest copy the archive has already, or None. Needs no keys. Raises WaybackFailed, FetchFailed."""
    told, text = _asked(f"{KNOWN}?{urlencode({'url': url})}", folder, policy, net)
    closest = (told.get("archived_snapshots") or {}).get("closest") or {}
    if not closest.get("available"):
        return None
    return Copy(
        "success",
        url=str(closest.get("url", ""))[:4000],
        at=str(closest.get("timestamp", ""))[:14],
        answer=text,
    )


def _headers(keys: Keys) -> list[tuple[str, str]]:
    return [("Authorization", f"LOW {keys.access}:{keys.secret}")]


def _asked(
    url: str, folder: Path, policy: Policy | None, net: Net | None, **more: Any
) -> tuple[dict[str, Any], str]:
    # The keys would go to whoever answers in the archive's name, so its certificate must be good.
    policy = replace(policy or Policy(), accept_bad_tls=False)
    more["headers"] = [*more.get("headers", []), ("Accept", "application/json")]
    fetched = fetch(url, folder, policy=policy, net=net, **more)
    with fetched.body.open("rb") as file:
        text = file.read(MOST_ANSWER).decode("utf-8", "replace")
    try:
        told = json.loads(text)
    except ValueError as error:
        raise WaybackFailed(reason=f"status {fetched.answer.status}") from error
    if not isinstance(told, dict):
        raise WaybackFailed(reason=f"status {fetched.answer.status}")
    return told, text
