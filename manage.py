#!/usr/bin/env python3
"""The one command of the workbench: `python3 manage.py start` runs everything, `help` lists the rest."""

import os
import sys
import time

OURS = {"claims", "factcheck", "tests"}


def main() -> None:
    """Run a command inside an environment that holds what it needs."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file must still parse where the rest does not
        sys.exit("Factcheck needs Python 3.11 or newer, and this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031
    from factcheck import bootstrap

    os.environ.setdefault(bootstrap.BEGAN, str(time.time()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    bootstrap.ensure(sys.argv)
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] in OURS:
            raise
        sys.exit(bootstrap.explain_missing(error, sys.argv))
    except Exception as error:
        if "--traceback" in sys.argv or not bootstrap.is_about_settings(error):
            raise
        sys.exit(bootstrap.explain_setting(error))


if __name__ == "__main__":
    main()
