"""`manage.py add_person`: an account from the shell, above all the first admin of an installation."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions.person import add_person, system_user
from claims.errors import FactcheckError
from claims.models import Role

ROLES = [Role.EDITOR.value, Role.REVIEWER.value, Role.ADMIN.value]


class Command(BaseCommand):
    help = "Add a person. Asks for the password; from a pipe it is the first line of the input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=ROLES, default=Role.EDITOR.value)
        parser.add_argument("--name", default="", help="the name colleagues see")
        parser.add_argument("--language", choices=["ar", "en"], default="ar", help="language of the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = add_person(
                actor=system_user(),
                username=options["username"],
                password=asked_password(),
                role=options["role"],
                display_name=options["name"],
                language=options["language"],
            )
        except FactcheckError as error:
            facts = ", ".join(f"{name}: {value}" for name, value in error.facts.items())
            raise CommandError(f"Nobody was added: {error.code}" + (f" ({facts})" if facts else "")) from None
        self.stdout.write(f"{person.username} may sign in as {person.role}.")


def asked_password() -> str:
    """The password, typed twice on a terminal, else one line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Password again: "):
        raise CommandError("Nothing was done: the two passwords differ.")
    return first
