"""`manage.py start`: the whole workbench under one supervisor, on nothing but Python."""

import contextlib
import errno
import os
import socket
import sys
import time
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.alone import only_start
from claims.management.demo.people import kept_passwords
from claims.management.supervisor import Program, Supervisor
from claims.models import User
from claims.tasks.worker import arguments as worker_arguments
from factcheck.bootstrap import BEGAN

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "factcheck"]
# Said by libraries at every start, and right only elsewhere: files come from the finders, messages are JSON.
NOT_NEWS = "ignore:No directory at,ignore:You're running the worker"
HELP = """\
Run the whole workbench: database, worked example, web server, background worker and schedule.

The first start makes what is missing in the data folder and loads the worked example; later starts keep the
data. Everything runs until Ctrl-C. Set by environment variables (all of them: docs/operators.md):

  PORT       where to listen (8000)
  HOST       on which address (127.0.0.1); any other needs PUBLIC_URL and SECRET_KEY
  DATA_DIR   database, evidence, keys and demo passwords (var/ beside manage.py)
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-demo", action="store_true", help="do not load the worked example")

    def handle(self, *args: Any, **options: Any) -> None:
        # From when the command was typed, making the environment included; popped, for it means nothing to children.
        begun = float(os.environ.pop(BEGAN, time.time()))
        require_guarded_address()
        with only_start():
            require_free_port()
            self.prepare(with_demo=demo_wanted(without=options["without_demo"]))
            supervisor = Supervisor(
                programs(), write=self.say, cwd=settings.BASE_DIR, env=child_environment()
            )
            supervisor.run(ready=answering, on_ready=lambda: self.welcome(time.time() - begun))
        self.say("Stopped; the data is kept.")

    def say(self, text: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self, *, with_demo: bool) -> None:
        """Bring the data folder up to date: tables, then the worked example where there is none."""
        self.say(f"Data folder: {settings.DATA_DIR}")
        call_command("migrate", interactive=False, verbosity=0)
        loaded = settings.DATA_DIR / "demo_loaded"
        if with_demo and not (loaded.exists() and User.objects.exists()):
            self.say("Loading the worked example ...")
            call_command("demo")
            loaded.touch()

    def welcome(self, seconds: float) -> None:
        """Say where it runs and how to sign in."""
        lines = ["", f"Factcheck is ready after {seconds:.0f} s:  {address()}/", f"Desk:  {address()}/desk/"]
        if people := sign_ins():
            lines += ["Sign in to the worked example as", *people]
        self.say("\n".join([*lines, "Ctrl-C stops everything.", ""]))


# ---------------------------------------------------------------- may it run here


def require_guarded_address() -> None:
    """Refuse to listen beyond this machine with what is only fit for this machine."""
    if settings.HOST in LOOPBACK or not settings.LOOPBACK_ONLY:
        return
    raise CommandError(
        f"HOST={settings.HOST} would open the workbench to the network with the settings of a trial: "
        "demo accounts without a second factor, and cookies that travel unencrypted. "
        "Set PUBLIC_URL to the address readers use and SECRET_KEY to a secret of your own, "
        "or leave HOST at 127.0.0.1. docs/operators.md says how to run it in production."
    )


def require_free_port() -> None:
    """Refuse a port that another program holds, before anything is started."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as error:
            raise CommandError(port_problem(error)) from None


def port_problem(error: OSError) -> str:
    """What to do about an address that cannot be listened on."""
    where = f"{settings.HOST}:{settings.PORT}"
    if error.errno == errno.EADDRINUSE:
        other = f"PORT={settings.PORT + 1} python3 manage.py start"
        return f"Another program already listens on {where}. Stop it, or choose another port: {other}"
    return f"Cannot listen on {where}: {error.strerror}. Choose another address with HOST and PORT."


# ---------------------------------------------------------------- what runs


def programs() -> list[Program]:
    """Web server, worker and schedule, as the supervisor is to run them."""
    listen = (
        f"[{settings.HOST}]:{settings.PORT}" if ":" in settings.HOST else f"{settings.HOST}:{settings.PORT}"
    )
    # Behind a proxy that settings trust, Django reads its headers; otherwise they are dropped at the door.
    proxy = ["--no-clear-untrusted-proxy-headers"] if settings.TRUSTED_PROXY else []
    web = [sys.executable, "-m", "waitress", f"--listen={listen}", "--threads=8", "--ident=", *proxy]
    beat = ["beat", "--loglevel=WARNING", "--pidfile="]
    return [
        Program("web", [*web, "factcheck.wsgi:application"]),
        Program("worker", [*CELERY, *worker_arguments()], after_ready=True),
        Program("beat", [*CELERY, *beat], after_ready=True),
    ]


def child_environment() -> dict[str, str]:
    """What the programs inherit: on a trial the demo accounts may sign in without a second factor."""
    trial = "true" if settings.DEMO or settings.LOOPBACK_ONLY else "false"
    ours = {
        "DATA_DIR": str(settings.DATA_DIR),
        "DEMO": os.environ.get("DEMO", trial),
        "PYTHONWARNINGS": NOT_NEWS,
    }
    return {**os.environ, **ours}


def demo_wanted(*, without: bool) -> bool:
    """True where the worked example belongs: on a trial, unless told otherwise."""
    return not without and (settings.DEMO or (settings.LOOPBACK_ONLY and "DEMO" not in os.environ))


def sign_ins() -> list[str]:
    """One line per person of the worked example: name, role, the password made for this installation."""
    passwords = kept_passwords()
    roles = dict(User.objects.filter(username__in=passwords).values_list("username", "role"))
    return [
        f"    {name:<6} {roles[name]:<9} {password}" for name, password in passwords.items() if name in roles
    ]


def address() -> str:
    """Where a browser on this machine finds the workbench, or the public address where one is set."""
    return str(settings.PUBLIC_URL)


def answering() -> bool:
    """True once the web server accepts connections."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104 - compared, not bound
    with contextlib.suppress(OSError), socket.create_connection((host, settings.PORT), timeout=1):
        return True
    return False
