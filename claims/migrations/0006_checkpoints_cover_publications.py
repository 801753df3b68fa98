"""Checkpoints say how much was published, and what authorities answered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_look_hashes_hold_both_hashes'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkpoint',
            name='n_publications',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='checkpoint',
            name='publications_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='checkpoint',
            name='stamps',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
