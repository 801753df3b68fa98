"""Who asks for slow work gets a turn behind their last: found at the end of an index, however much was asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_captures_take_turns'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['queue', 'asked_by', 'turn'], name='job_last_turn'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['queue', 'turn', 'state'], name='job_turn_reached'),
        ),
    ]
