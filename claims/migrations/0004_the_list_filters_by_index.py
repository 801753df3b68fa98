"""Indexes for what the list of claims filters by, and for drafts and submissions by value."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_append_only_and_two_people'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['event_earliest_at', 'id'], name='claim_event'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['-updated_at', 'id', 'work_state', 'assignee', 'lang', 'event_earliest_at', 'event_latest_at', 'incident', 'question'], name='claim_list'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['state', 'value', 'claim'], name='verdict_by_state'),
        ),
    ]
