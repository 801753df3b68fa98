"""Finding prints of pictures that share a band: thousands of values, which the ORM takes longer to write than the
database to look up. Everything in the text of the query is a number of ours.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

_PART = "SELECT id, coarse FROM claims_lookprint WHERE band{number} IN ({values})"
_NEAR = "bit_count((coarse # ({coarse}))::bit(64)) <= {most}"


def sharing_a_band(
    bands: Sequence[Iterable[int]], asked: Sequence[int], *, most: int
) -> list[tuple[int, int]]:
    """Key and coarse hash of prints that have one of the values in that band, some of them more than once.

    `bands` holds the values wanted in each band, `asked` the coarse hashes asked about, signed as they are stored.
    PostgreSQL leaves out what differs from all of those in more than `most` bits; SQLite cannot count bits, and hands
    over just as fast what the caller then leaves out.
    """
    parts = [
        _PART.format(number=number, values=",".join(map(str, values))) for number, values in enumerate(bands)
    ]
    if connection.vendor == "postgresql":
        near = " OR ".join(_NEAR.format(coarse=int(one), most=int(most)) for one in asked)
        parts = [f"{part} AND ({near})" for part in parts]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return list(cursor.fetchall())
