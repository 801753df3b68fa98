"""The list of claims with 100,000 claims: time per page beside an empty Django view in the same run.

    python bench/claims_list.py [--claims 100000] [--rounds 40]

Makes a database of its own in a temporary folder (SQLite, the product's own settings) and asks through Django's whole
request cycle, in process. Times are noisy on a shared machine: read the ratio and the median.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.mkdtemp(prefix="factcheck-bench-")
os.environ |= {"DATA_DIR": FOLDER, "DJANGO_SETTINGS_MODULE": "factcheck.settings"}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from claims.models import Attribution, Claim, Incident, Source, User  # noqa: E402
from claims.text.normalise import fold  # noqa: E402

WORDS = [
    "انفجار",
    "صاروخ",
    "قصف",
    "قاعدة",
    "حقل",
    "العمر",
    "دير",
    "الزور",
    "الرقة",
    "حلب",
    "طائرة",
    "مسيرة",
    "جنود",
    "قتلى",
]
ASKED = {
    "newest": "",
    "one state": "?state=open",
    "a common word": "?q=انفجار",
    "a rare word": "?q=نادرة777",
    "a source": "?source={source}",
    "an incident": "?incident={incident}",
    "nobody's": "?assignee=nobody",
    "page 20": "?page=20",
}


def fill(n_claims: int) -> tuple[User, dict[str, str]]:
    """That many claims under 50 incidents from 80 sources, written past the actions."""
    user = User.objects.create(username="bench", role="editor", is_demo=True)
    sources = [Source(slug=f"s{n}", name_en=f"Source {n}", kind="agency") for n in range(80)]
    incidents = [Incident(slug=f"i{n}", title_en=f"Incident {n}") for n in range(50)]
    with transaction.atomic():
        Source.objects.bulk_create(sources)
        Incident.objects.bulk_create(incidents)
        for start in range(0, n_claims, 5000):
            rows = [claim(n, user, incidents) for n in range(start, min(start + 5000, n_claims))]
            Claim.objects.bulk_create(rows)
            Attribution.objects.bulk_create(
                Attribution(claim=row, source=sources[n % 80]) for n, row in enumerate(rows, start)
            )
    return user, {"source": str(sources[7].pk), "incident": str(incidents[7].pk)}


def claim(n: int, user: User, incidents: list[Incident]) -> Claim:
    words = [WORDS[(n * step + step) % len(WORDS)] for step in (1, 3, 5, 7, 11)]
    text = " ".join(words) + (" نادرة777" if n % 9973 == 0 else "") + f" {n}"
    state = ("new", "open", "decided")[n % 3]
    return Claim(
        id=uuid.uuid4(), wording=text, statement_ar=text, text_folded=fold(text), created_by=user,
        work_state=state, incident=incidents[n % 50], lang="ar",
    )  # fmt: skip


def timed(client: Client, address: str, rounds: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95) - 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    user, names = fill(options.claims)
    print(f"{options.claims} claims made in {time.perf_counter() - begun:.0f} s")
    client = Client()
    client.force_login(user)
    empty, _ = timed(client, "/healthz", options.rounds)
    print(f"empty view: median {empty:.1f} ms")
    for name, query in ASKED.items():
        median, p95 = timed(client, f"/desk/claims/{query.format(**names)}", options.rounds)
        print(f"{name:16} median {median:6.1f} ms   p95 {p95:6.1f} ms   {median / empty:5.1f} empty views")
    connection.close()
    shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    main()
