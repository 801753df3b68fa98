"""Jobs of a queue go out in turns; a running one holds a place at its host and of its asker."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0012_people_judge_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='asker_place',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='job',
            name='host',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AddField(
            model_name='job',
            name='host_place',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='job',
            name='turn',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state', 'ready')), fields=['queue', 'turn', 'due_at'], name='job_turns'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('host', 'host_place'), name='job_place_at_host_once'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('asked_by', 'asker_place'), name='job_place_of_asker_once'),
        ),
    ]
