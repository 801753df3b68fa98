"""Changes of rows brought into the shape a person compares them in, before they are put into words."""

from collections.abc import Callable
from typing import Any

from claims.desk.row_words import SILENT_FIELDS

# Rows that an action writes anew as a whole: what was and what is are told apart field by field.
_REWRITTEN = {"attribution", "quantity", "citation"}
_NAMES = {"question": "question_id", "incident": "incident_id"}


def paired(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes with each removed row and the row that took its place as one change; none where both are alike."""
    gone = [one for one in changes if "was" in one and one.get("type") in _REWRITTEN]
    come = [one for one in changes if "is" in one and one.get("type") in _REWRITTEN]
    pairs = _pairs(gone, come, _shown) + _pairs(gone, come, _kind)
    successor = {id(old): new for old, new in pairs}
    taken = {id(new) for _old, new in pairs}
    told = [_differing(one, successor[id(one)]) if id(one) in successor else one for one in changes]
    return [one for one in told if id(one) not in taken]


def spread(field: str, old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    """What an editor changed in a proposal is kept as one value: here it is told field by field."""
    if field != "edits":
        return [(field, old, new)]
    was, now = (value if isinstance(value, dict) else {} for value in (old, new))
    keys = [key for key in dict.fromkeys([*was, *now]) if was.get(key) != now.get(key)]
    named = [(_NAMES.get(key, key), was.get(key), now.get(key)) for key in keys]
    return [each for each in named if each[0] not in SILENT_FIELDS]


def _differing(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    was, now = _shown(old), _shown(new)
    fields = dict.fromkeys([*was, *now])
    changed = {f: (was.get(f), now.get(f)) for f in fields if was.get(f) != now.get(f)}
    return {"type": old["type"], "changed": changed}


def _pairs(
    gone: list[dict[str, Any]], come: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Rows gone and come that agree in this, in their order; both are taken out of the lists."""
    found = []
    for old in list(gone):
        new = next((one for one in come if _kind(one) == _kind(old) and key(one) == key(old)), None)
        if new is not None:
            found.append((old, new))
            gone.remove(old)
            come.remove(new)
    return found


def _kind(change: dict[str, Any]) -> str:
    return str(change.get("type", ""))


def _shown(change: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = change.get("was") or change.get("is") or {}
    return {field: value for field, value in fields.items() if field not in SILENT_FIELDS and value}
