"""Hashes of looks, each stored four times until now, move to the table that holds each once.

Back again they are computed anew: `evidence.examine` writes them for a picture that is examined.
"""

from django.db import migrations

WINDOWS = 17
WHOLE = 1 << 16
BATCH = 2000


def move(apps, schema_editor):
    old, new = apps.get_model('claims', 'LookHash'), apps.get_model('claims', 'LookPrint')
    rows = []
    kept = old.objects.values_list('capture_id', 'variant', 'value').distinct()
    for capture_id, variant, value in kept.iterator(chunk_size=BATCH):
        rows.append(row_of(new, capture_id, int(variant.removeprefix('w')), value))
        if len(rows) == BATCH:
            new.objects.bulk_create(rows)
            rows = []
    new.objects.bulk_create(rows)
    old.objects.all().delete()


def row_of(new, capture_id, window, value):
    """The same as claims.actions.lookalike.row_of on the day of this migration."""
    coarse = int(value[:16], 16)
    shelf = 0 if window % WINDOWS else WHOLE
    bands = {f'band{n}': shelf | (coarse >> 16 * n & 0xFFFF) for n in range(4)}
    signed = coarse - (1 << 64) if coarse >> 63 else coarse
    return new(capture_id=capture_id, window=window, coarse=signed, fine=bytes.fromhex(value[16:]), **bands)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0007_looks_have_one_row_a_window'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
