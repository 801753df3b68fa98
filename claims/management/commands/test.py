"""`manage.py test`: the whole suite, by pytest. Everything after the word goes to pytest as it stands."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

# Variables that would point the tests at somebody's own servers or change what the product is.
NOT_FOR_TESTS = ["DATABASE_URL", "REDIS_URL", "S3_BUCKET", "PUBLIC_URL", "SECRET_KEY", "DEMO", "HOST", "PORT"]


class Command(BaseCommand):
    help = (
        "Run the tests, on all cores where it is the whole suite. "
        "Arguments go to pytest: `test tests/text -k date`, `test --engine postgres`, `test -n 0` for one process."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pytest_args", nargs="*", help="anything pytest takes; see also `test -- --help`")

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand over before Django reads options that are pytest's."""
        if argv[2:3] in (["-h"], ["--help"]):
            super().run_from_argv(argv)
            return
        try:
            sys.exit(run_pytest([argument for argument in argv[2:] if argument != "--"]))
        except CommandError as error:
            sys.exit(f"{error}")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(run_pytest(options["pytest_args"]))


def run_pytest(arguments: list[str]) -> int:
    """Run pytest from the project's folder in a process of its own; returns its exit code."""
    if importlib.util.find_spec("pytest") is None or importlib.util.find_spec("pytest_django") is None:
        raise CommandError(
            f"The tests need more than the product does. Install it into this environment:\n\n"
            f"    {sys.executable} -m pip install --require-hashes -r requirements-dev.txt"
        )
    with tempfile.TemporaryDirectory(prefix="factcheck-test-") as folder:
        environment = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
        environment["DATA_DIR"] = folder
        command = [sys.executable, "-m", "pytest", *spread(arguments), *arguments]
        with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as running:  # noqa: S603
            while True:
                try:
                    return running.wait()
                except KeyboardInterrupt:  # pytest got it too and says so itself
                    continue


def spread(arguments: list[str]) -> list[str]:
    """Options that share the whole suite among processes; none where the caller chose tests or a number of processes.

    One process more than there are cores: much of the suite waits for servers, browsers and leases of its own.
    A file stays in one process, so that what its tests share is made once.
    """
    chosen = any((settings.BASE_DIR / argument.split("::")[0]).exists() for argument in arguments)
    told = any(argument.startswith(("-n", "--numprocesses", "--pdb", "--version")) for argument in arguments)
    if chosen or told or importlib.util.find_spec("xdist") is None:
        return []
    return ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile"]
