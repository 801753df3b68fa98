"""`manage.py set_password`: a new password for somebody who forgot theirs. It ends all their sessions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions.person import set_password, system_user
from claims.errors import FactcheckError
from claims.management.commands.add_person import asked_password
from claims.models import User


class Command(BaseCommand):
    help = "Set a person's password. Asks for it; from a pipe it is the first line of the input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError("Nothing was done: nobody has this name.")
        try:
            set_password(actor=system_user(), person_id=person.pk, password=asked_password())
        except FactcheckError as error:
            raise CommandError(f"Nothing was done: {error.code}") from None
        self.stdout.write(f"{person.username} has a new password.")
