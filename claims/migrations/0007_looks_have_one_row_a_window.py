"""A table with one row for each window of a picture: a quarter of the rows, and indexes that hold what is compared."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_checkpoints_cover_publications'),
    ]

    operations = [
        migrations.CreateModel(
            name='LookPrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('window', models.PositiveSmallIntegerField()),
                ('coarse', models.BigIntegerField()),
                ('fine', models.BinaryField(max_length=32)),
                ('band0', models.IntegerField()),
                ('band1', models.IntegerField()),
                ('band2', models.IntegerField()),
                ('band3', models.IntegerField()),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='look_prints', to='claims.capture')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['band0', 'coarse', 'id'], name='look_print_band0'),
                    models.Index(fields=['band1', 'coarse', 'id'], name='look_print_band1'),
                    models.Index(fields=['band2', 'coarse', 'id'], name='look_print_band2'),
                    models.Index(fields=['band3', 'coarse', 'id'], name='look_print_band3'),
                ],
            },
        ),
    ]
