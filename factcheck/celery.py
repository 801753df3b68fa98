"""The Celery application of worker and beat: `celery -A factcheck worker`, `celery -A factcheck beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck", include=["claims.tasks.run", "claims.tasks.relay"])
app.config_from_object("django.conf:settings", namespace="CELERY")
