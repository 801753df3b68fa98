"""`dossier SLUG FILE`: everything behind a verdict or an incident in one ZIP that verifies itself offline."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.actions.dossier import export_dossier
from claims.actions.person import system_user
from claims.errors import NotFound


class Command(BaseCommand):
    help = "Write the dossier of a verdict or an incident"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the last part of the public address of a verdict or incident")
        parser.add_argument("file", type=Path, help="where to write the ZIP; must not be there yet")
        parser.add_argument("--public", action="store_true", help="only what may be given to anybody")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pieces = export_dossier(actor=system_user(), slug=options["slug"], public=options["public"])
            with options["file"].open("xb") as file:
                for piece in pieces:
                    file.write(piece)
        except NotFound as error:
            raise CommandError("No verdict and no incident has this address.") from error
        except FileExistsError as error:
            raise CommandError(f"{options['file']} is there already.") from error
        self.stdout.write(str(options["file"]))
