"""C2PA manifests (Content Credentials): is there one, and does it hold.

Noticing one needs nothing. Validating needs c2pa-python, an optional extra of 53 MB; nothing is fetched for
it: no remote manifest, no revocation list. Run inside the child of claims.media.sandbox.
"""

import json
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from claims.media.facts import GENERATORS, Facts, clean

# The UUID that marks a C2PA manifest store, C2PA 2.1, section 11.1.4.
MARK = bytes.fromhex("6332706100110010800000aa00389b71")
_SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False}}


def note(path: Path, media_type: str, facts: Facts) -> None:
    """Add the finding c2pa-present, and c2pa-invalid where a validated manifest does not hold.

    Facts of c2pa-present: validated, and then state (Valid: intact, by a signer we know nothing of; Trusted;
    Invalid), signer, generator, actions, failures. A manifest says who signed, not that the picture is true.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        if data.find(MARK) < 0:
            return
    read = _validated(path, media_type)
    if read is None:
        facts.note("c2pa-present", validated=False)
        return
    facts.note("c2pa-present", validated=True, **read)
    if read["state"] == "Invalid":
        facts.note("c2pa-invalid", failures=read["failures"])
    if any(GENERATORS.search(source) for source in read["sources"]):
        facts.note("generated", by=read["generator"])


def _validated(path: Path, media_type: str) -> dict[str, Any] | None:
    """What the library says, or None where it is not installed or cannot read the manifest."""
    try:
        import c2pa  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(_SETTINGS))
        with path.open("rb") as file:
            reader = c2pa.Reader(media_type, file, context=context)
            told, state = json.loads(reader.json()), str(reader.get_validation_state())
            failures = (reader.get_validation_results() or {}).get("activeManifest", {}).get("failure", [])
    except (c2pa.C2paError, ValueError, KeyError):
        return None
    return _facts(told, state, failures)


def _facts(told: dict[str, Any], state: str, failures: list[dict[str, Any]]) -> dict[str, Any]:
    active = told.get("manifests", {}).get(told.get("active_manifest"), {})
    signer = active.get("signature_info", {})
    generators = active.get("claim_generator_info") or [{"name": active.get("claim_generator", "")}]
    actions = [
        action
        for assertion in active.get("assertions", [])
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in assertion.get("data", {}).get("actions", [])
    ]
    return {
        "state": state,
        "signer": clean(signer.get("issuer", ""))[:200],
        "signed_at": clean(signer.get("time", ""))[:40],
        "generator": clean(generators[0].get("name", ""))[:200],
        "actions": [clean(action.get("action", ""))[:100] for action in actions[:30]],
        "sources": [clean(action.get("digitalSourceType", ""))[:200] for action in actions[:30]],
        "failures": [clean(failure.get("code", ""))[:100] for failure in failures[:20]],
    }
