"""The work itself, one module per noun: load by id, call an action. The Celery side is relay, run, schedule, worker."""

from importlib import import_module
from pkgutil import iter_modules

# Only the worker and beat need these; the web process never loads Celery.
CELERY_SIDE = {"relay", "run", "schedule", "worker"}


def register_handlers() -> None:
    """Imports every module of handlers, so that each name is known before anybody asks for it."""
    for module in iter_modules(__path__):
        if module.name not in CELERY_SIDE:
            import_module(f"{__name__}.{module.name}")
