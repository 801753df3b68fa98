"""Judgements of people about evidence (place, time, findings), and key frames of films."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0011_contributions_stay_while_their_claim_does'),
    ]

    operations = [
        migrations.AddField(
            model_name='derivative',
            name='at_seconds',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='derivative',
            name='kind',
            field=models.CharField(choices=[('thumbnail', 'Thumbnail'), ('public', 'Public copy'), ('frame', 'Key frame')], max_length=10),
        ),
        migrations.CreateModel(
            name='Chronolocation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low'), ('none', 'It cannot be told')], max_length=6)),
                ('reasoning_ar', models.TextField(blank=True, max_length=5000)),
                ('reasoning_en', models.TextField(blank=True, max_length=5000)),
                ('compared', models.TextField(blank=True, max_length=2000)),
                ('may_publish', models.BooleanField(default=False)),
                ('earliest_at', models.DateTimeField(blank=True, null=True)),
                ('latest_at', models.DateTimeField(blank=True, null=True)),
                ('precision', models.CharField(blank=True, choices=[('minute', 'to the minute'), ('hour', 'to the hour'), ('part_of_day', 'part of the day'), ('day', 'the day'), ('night', 'a night over two days'), ('week', 'the week'), ('month', 'the month'), ('year', 'the year'), ('about', 'about'), ('window', 'within a period'), ('unresolved', 'not resolved')], max_length=12)),
                ('zone', models.CharField(blank=True, max_length=60)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='claims.evidence')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confidence', 'none'), ('earliest_at__isnull', True), ('latest_at__isnull', True)), models.Q(('confidence__in', ['high', 'medium', 'low']), ('earliest_at__lte', models.F('latest_at'))), _connector='OR'), name='chronolocation_says_when')],
            },
        ),
        migrations.CreateModel(
            name='FindingMark',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('finding', models.CharField(db_index=True, max_length=32)),
                ('code', models.CharField(max_length=60)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('mark', models.CharField(choices=[('relevant', 'Relevant'), ('dismissed', 'Dismissed'), ('open', 'Open again')], max_length=9)),
                ('reason', models.CharField(max_length=500)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='claims.evidence')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('mark__in', ['relevant', 'dismissed', 'open'])), name='finding_mark_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='finding_mark_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Geolocation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low'), ('none', 'It cannot be told')], max_length=6)),
                ('reasoning_ar', models.TextField(blank=True, max_length=5000)),
                ('reasoning_en', models.TextField(blank=True, max_length=5000)),
                ('compared', models.TextField(blank=True, max_length=2000)),
                ('may_publish', models.BooleanField(default=False)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('place_key', models.CharField(blank=True, max_length=80)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('precision_m', models.PositiveIntegerField(blank=True, null=True)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='claims.evidence')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='geolocation_on_the_globe'), models.CheckConstraint(condition=models.Q(models.Q(('confidence', 'none'), ('latitude__isnull', True), ('place', '')), models.Q(('confidence__in', ['high', 'medium', 'low']), models.Q(models.Q(('place', ''), _negated=True), ('latitude__isnull', False), _connector='OR')), _connector='OR'), name='geolocation_says_where')],
            },
        ),
    ]
