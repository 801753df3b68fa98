"""Contributions are no longer deleted along with their claim: only after it, by whoever takes the claim back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_lists_walk_their_indexes")]

    operations = [
        migrations.AlterField(
            model_name="contribution",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="contributions",
                to="claims.claim",
            ),
        ),
    ]
