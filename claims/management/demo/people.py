"""The people of the illustration, and their passwords, which are new in every installation."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings

from claims.actions.person import add_person, system_user
from claims.models import Role, User

CAST = [
    ("amal", "أمل", Role.EDITOR, "ar"),
    ("dina", "Dina", Role.EDITOR, "en"),
    ("basim", "باسم", Role.REVIEWER, "ar"),
    ("sami", "Sami", Role.REVIEWER, "en"),
    ("huda", "هدى", Role.ADMIN, "ar"),
]


def bring_people() -> dict[str, User]:
    """Everybody in the cast by username, made where missing; who is there already keeps role and password."""
    here = {user.username: user for user in User.objects.filter(username__in=[name for name, *_ in CAST])}
    kept = kept_passwords()
    for username, shown, role, language in CAST:
        if username in here:
            continue
        kept[username] = secrets.token_urlsafe(12)
        here[username] = add_person(
            actor=system_user(),
            username=username,
            password=kept[username],
            role=role,
            display_name=shown,
            language=language,
            is_demo=True,
        )
        keep_passwords(kept)
    return here


def kept_passwords() -> dict[str, str]:
    """Passwords by username, as made for this installation; empty before the first load."""
    file = _file()
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def keep_passwords(passwords: dict[str, str]) -> None:
    """Write them where only the account that runs the workbench can read them."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(passwords, out, ensure_ascii=False, indent=1)
    new.replace(file)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "demo_passwords.json"
