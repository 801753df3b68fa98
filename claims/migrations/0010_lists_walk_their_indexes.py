"""Each list of the desk is read off an index in its order, and what it filters by stands in that index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0009_look_hashes_go'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_newest',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_event',
        ),
        migrations.AddIndex(
            model_name='attribution',
            index=models.Index(fields=['source', 'hop', 'claim'], name='attribution_of_source'),
        ),
        migrations.AddIndex(
            model_name='attribution',
            index=models.Index(fields=['claim', 'source'], name='attribution_in_claim'),
        ),
        migrations.AddIndex(
            model_name='attribution',
            index=models.Index(fields=['source', '-created_at', 'id'], name='attribution_newest'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['-created_at', 'id', 'work_state', 'assignee', 'lang', 'event_earliest_at', 'event_latest_at', 'incident', 'question'], name='claim_list_newest'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['event_earliest_at', 'id', 'work_state', 'assignee', 'lang', 'event_latest_at', 'incident', 'question'], name='claim_list_event'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['-created_at'], name='comment_newest'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['-created_at', 'id', 'retired_at', 'kind', 'state', 'relation'], name='evidence_list'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['claim', 'retired_at'], name='evidence_of_claim'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['-observed_at', 'outcome', 'evidence'], name='observation_newest'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['evidence', '-observed_at', '-id'], name='observation_of_evidence'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['state', 'submitted_at', 'id'], name='verdict_submitted'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['state', '-updated_at'], name='verdict_touched'),
        ),
    ]
