"""The table that held each hash of a look four times is empty, and goes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_looks_move_to_their_rows'),
    ]

    operations = [
        migrations.DeleteModel(name='LookHash'),
    ]
