"""Append-only rows, chains without cycles, approval by a second person: the triggers of claims.models.triggers.

claims.apps also takes them away before, and puts them back after, every migration of this application on SQLite.
"""

from django.db import migrations

from claims.models import triggers


def forwards(apps, schema_editor):
    triggers.install(schema_editor.connection)


def backwards(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_jobs_wait_and_run_once")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
