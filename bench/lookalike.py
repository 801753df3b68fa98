"""Look-alikes among 100,000 pictures through the database, beside the index in memory and a scan, in the same run.

    python bench/lookalike.py [--engine postgres] [--items 100000] [--queries 40]

Asks with pictures that are in the archive and with ones that are not, each with its mirrored copy, as the page of a
piece of evidence does. `processor` counts this process and the database server's. Milliseconds. Goal: under 50.
"""

import random
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from newsroom import Clock, arguments, opened, settled

BATCH = 2_000
REAL = 40


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=40)
    options = parser.parse_args()
    with opened(options.engine, options.kept) as is_empty:
        if is_empty:
            fill(options.items)
            settled()
        measured(options.queries)


def fill(n_items: int) -> None:
    """That many pictures, every one with 17 prints that lie as unevenly as those of photographs do."""
    from django.db import transaction
    from evidence import other, photograph

    from claims.actions.lookalike import row_of
    from claims.media.lookalike import prints
    from claims.models import Capture, Claim, Evidence, LookPrint, User

    chance = random.Random(7)
    real = [prints(photograph(seed, (320, 240))) for seed in range(REAL)]
    by = User.objects.create(username="bench", role="editor")
    claim = Claim.objects.create(wording="Pictures.", created_by=by)
    evidence = Evidence.objects.create(claim=claim, kind="file", created_by=by)
    with transaction.atomic():
        for start in range(0, n_items, BATCH):
            captures = [
                Capture(
                    id=uuid.UUID(int=n), evidence=evidence, role="original", sha256=f"{n:064x}", size=1,
                    sha3_512=f"{n:0128x}", media_type="image/jpeg", media_kind="image", captured_by=by,
                    captured_at=datetime.now(UTC), tool="bench",
                )
                for n in range(start, min(start + BATCH, n_items))
            ]  # fmt: skip
            Capture.objects.bulk_create(captures)
            LookPrint.objects.bulk_create(
                row_of(one.pk, other(print_, chance))
                for one in captures
                for print_ in real[one.pk.int % REAL]
            )


def measured(n_queries: int) -> None:
    from evidence import photograph

    from claims.actions.lookalike import look_alikes, row_of
    from claims.media.lookalike import mirrored_prints, prints
    from claims.models import Capture, LookPrint

    captures = list(Capture.objects.order_by("pk").values_list("pk", flat=True)[:n_queries])
    n_prints = LookPrint.objects.count()
    look_alikes(prints(photograph(5_000, (320, 240))))
    clock = Clock()
    for n in range(n_queries):
        image = photograph(1_000 + n, (320, 240))
        asked, turned = prints(image), [one for one in mirrored_prints(image) if one.whole]
        if n % 2:
            LookPrint.objects.bulk_create(row_of(captures[n], one) for one in asked)
        found = clock.time(lambda asked=asked, turned=turned: look_alikes(asked, turned))
        assert bool(n % 2) == any(one.capture_id == captures[n] and one.bits == 0 for one in found)
    print(f"{n_prints} prints; through the database {clock.taken().line()}")
    rows, memory = held()
    index_ms = process_ms(lambda: memory.query(asked, turned))
    scan_ms = process_ms(lambda: [1 for coarse in rows if (coarse ^ asked[0].coarse).bit_count() <= 10])
    print(f"index in memory: {index_ms:.1f}; scan of the whole pictures for one hash: {scan_ms:.1f}")


def held() -> tuple[list[int], Any]:
    """All prints in memory: the coarse hashes of whole pictures, and an index."""
    from claims.media.likeindex import LikeIndex
    from claims.media.lookalike import Print
    from claims.models import LookPrint

    rows, memory = [], LikeIndex()
    stored = LookPrint.objects.values_list("window", "coarse", "fine")
    for item, (window, coarse, fine) in enumerate(stored.iterator(chunk_size=10_000)):
        one = Print(window, coarse % (1 << 64), int.from_bytes(fine, "big"))
        memory.add(item, [one])
        if one.whole:
            rows.append(one.coarse)
    return rows, memory


def process_ms(work: Any) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main()
