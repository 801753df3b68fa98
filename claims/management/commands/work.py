"""Run the background jobs in the foreground: `manage.py work`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.tasks.worker import work


class Command(BaseCommand):
    help = "Run the background jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=None, help="jobs at once")
        parser.add_argument("--queues", default="", help="serve these queues only, comma-separated")

    def handle(self, *args: Any, **options: Any) -> None:
        work(options["concurrency"], options["queues"])
