"""Room for both hashes of a look."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_the_list_filters_by_index'),
    ]

    operations = [
        migrations.AlterField(
            model_name='lookhash',
            name='value',
            field=models.CharField(max_length=80),
        ),
    ]
